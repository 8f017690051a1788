package io.streamsync.billing.credit;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// @param serviceToken by which routers know this service
@ConfigurationProperties("streamsync")
record RecallProperties(String serviceToken) {}
