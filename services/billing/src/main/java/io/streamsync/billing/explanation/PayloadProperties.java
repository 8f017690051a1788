package io.streamsync.billing.explanation;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// @param serviceToken by which routers know this service
@ConfigurationProperties("streamsync")
record PayloadProperties(String serviceToken) {}
