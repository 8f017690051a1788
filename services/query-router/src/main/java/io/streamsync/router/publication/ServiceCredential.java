package io.streamsync.router.publication;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// What tells services of the installation one another. There is none by default.
@ConfigurationProperties("streamsync")
public record ServiceCredential(String serviceToken) {

    public ServiceCredential {
        if (serviceToken.isBlank()) {
            throw new IllegalArgumentException("streamsync.service-token (STREAMSYNC_SERVICE_TOKEN) must be set");
        }
    }

    String header() {
        return "Bearer " + serviceToken;
    }

    /// Whether a call with this `Authorization` header comes from a service.
    public boolean isIn(@Nullable String authorization) {
        return authorization != null && MessageDigest.isEqual(authorization.getBytes(UTF_8), header().getBytes(UTF_8));
    }

    @Override
    public String toString() {
        return "ServiceCredential[]";
    }
}
