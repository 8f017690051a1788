package io.streamsync.billing.settlement;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param key file of the private key that signs settlements; made when it is not there
/// @param overdue so long after a window's end streams are waited for that have not passed it
@ConfigurationProperties("streamsync.settlement")
record SettlementProperties(
        @DefaultValue("settlement-key.pem") Path key,
        @DefaultValue("60s") Duration overdue) {}
