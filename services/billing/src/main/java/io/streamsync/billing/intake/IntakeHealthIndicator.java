package io.streamsync.billing.intake;

import java.util.ArrayList;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/// Whether race records are taken in. A partition that waits leaves the service up: the others go on, and a restart
/// would not help; it is named here and in the log.
@Component
class IntakeHealthIndicator implements HealthIndicator {

    private final RaceIntake intake;

    IntakeHealthIndicator(RaceIntake intake) {
        this.intake = intake;
    }

    @Override
    public Health health() {
        var stopped = new ArrayList<String>();
        var waiting = new ArrayList<String>();
        intake.partitions().forEach((number, partition) -> {
            var stop = partition.stop();
            if (stop != null) {
                stopped.add("partition " + number + " at offset " + stop.offset() + ": " + stop.reason());
            }
            partition.gaps().forEach(gap -> waiting.add("stream " + gap.stream() + " for position " + gap.expected()));
        });
        return (intake.isRunning() ? Health.up() : Health.down())
                .withDetail("stopped", stopped)
                .withDetail("waiting", waiting)
                .build();
    }
}
