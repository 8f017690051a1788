package io.streamsync.billing.reconciliation;

import io.streamsync.protocol.parameters.Parameters;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;

/// Reconciles once per window of settlement.
@Configuration(proxyBeanMethods = false)
class ReconcilingRounds {

    /// Epochs may be shorter in tests; a run takes a part of a second.
    private static final Duration SHORTEST = Duration.ofSeconds(10);

    @Bean
    SchedulingConfigurer reconcilingRound(ReconciliationRuns runs, Parameters parameters) {
        var pause = parameters.epoch().compareTo(SHORTEST) < 0 ? SHORTEST : parameters.epoch();
        return tasks -> tasks.addFixedDelayTask(new FixedDelayTask(() -> run(runs), pause, pause));
    }

    private static void run(ReconciliationRuns runs) {
        try {
            runs.run();
        } catch (RuntimeException told) {
            // or somebody else's run is as good
        }
    }
}
