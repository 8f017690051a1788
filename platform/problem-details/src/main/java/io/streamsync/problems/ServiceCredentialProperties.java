package io.streamsync.problems;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// The credential by which the services of one installation know one another (`STREAMSYNC_SERVICE_TOKEN`). There is no
/// default: whoever guessed it could lease any customer's credit.
@ConfigurationProperties("streamsync")
record ServiceCredentialProperties(@Nullable String serviceToken) {

    private static final int MINIMUM_LENGTH = 32;

    @Override
    public String serviceToken() {
        if (serviceToken == null || serviceToken.length() < MINIMUM_LENGTH) {
            throw new IllegalStateException(
                    "Set STREAMSYNC_SERVICE_TOKEN to a random text of at least 32 characters, the same for all services.");
        }
        return serviceToken;
    }
}
