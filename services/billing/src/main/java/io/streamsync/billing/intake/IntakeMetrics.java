package io.streamsync.billing.intake;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/// Counts what does not go on by itself: 0 where all is well.
@Component
class IntakeMetrics implements MeterBinder {

    private final RaceIntake intake;

    IntakeMetrics(RaceIntake intake) {
        this.intake = intake;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("streamsync.intake.stopped", this, IntakeMetrics::stopped)
                .description("partitions of streamsync.races that wait at a frame")
                .register(registry);
        Gauge.builder("streamsync.intake.waiting", this, IntakeMetrics::waiting)
                .description("streams that wait for missing records")
                .register(registry);
    }

    private long stopped() {
        return intake.partitions().values().stream()
                .filter(partition -> partition.stop() != null)
                .count();
    }

    private long waiting() {
        return intake.partitions().values().stream()
                .mapToLong(partition -> partition.gaps().size())
                .sum();
    }
}
