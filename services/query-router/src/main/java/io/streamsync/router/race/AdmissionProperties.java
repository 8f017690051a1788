package io.streamsync.router.race;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// When the router takes in less because work waits.
///
/// @param target for which work may wait before it is begun: a fraction of the strictest guarantees
/// @param interval for which it may wait longer, as in a burst
@ConfigurationProperties("streamsync.router.admission")
record AdmissionProperties(
        @DefaultValue("20ms") Duration target,
        @DefaultValue("100ms") Duration interval) {

    AdmissionProperties {
        if (target.isZero() || target.isNegative() || interval.compareTo(target) < 0) {
            throw new IllegalArgumentException(
                    "streamsync.router.admission.target is above 0, and interval at least as long");
        }
    }
}
