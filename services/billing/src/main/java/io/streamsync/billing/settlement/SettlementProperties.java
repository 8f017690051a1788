package io.streamsync.billing.settlement;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param key file of the private key that signs settlements; made when it is not there
/// @param overdue so long after a window's end streams are waited for that have not passed it, and stakes that are
///     not taken in
/// @param look how often it is looked whether a window can be sealed
@ConfigurationProperties("streamsync.settlement")
record SettlementProperties(
        @DefaultValue("settlement-key.pem") Path key,
        @DefaultValue("60s") Duration overdue,
        @DefaultValue("500ms") Duration look) {

    /// Statements of an hour are final when its windows are sealed: nobody wants them days later.
    private static final Duration LONGEST = Duration.ofDays(1);

    SettlementProperties {
        if (key.toString().isBlank()) {
            throw new IllegalArgumentException("streamsync.settlement.key is the path of a file");
        }
        if (overdue.isNegative() || overdue.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("streamsync.settlement.overdue is 0s to 1d");
        }
        if (look.toMillis() < 1 || look.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("streamsync.settlement.look is 1ms to 1d");
        }
    }
}
