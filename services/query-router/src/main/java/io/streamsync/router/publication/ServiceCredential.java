package io.streamsync.router.publication;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// What tells billing that a router calls. There is none by default.
@ConfigurationProperties("streamsync")
record ServiceCredential(String serviceToken) {

    ServiceCredential {
        if (serviceToken.isBlank()) {
            throw new IllegalArgumentException("streamsync.service-token (STREAMSYNC_SERVICE_TOKEN) must be set");
        }
    }

    String header() {
        return "Bearer " + serviceToken;
    }

    @Override
    public String toString() {
        return "ServiceCredential[]";
    }
}
