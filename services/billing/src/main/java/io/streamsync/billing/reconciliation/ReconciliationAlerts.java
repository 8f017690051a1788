package io.streamsync.billing.reconciliation;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/// Tells whoever runs the installation what does not fit, or that nobody knows: a metric per check and one of
/// the runs, a line of the log, a detail of the health. The service stays up: a restart would not mend the
/// books.
@Component("reconciliationHealthIndicator")
class ReconciliationAlerts implements HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(ReconciliationAlerts.class);

    private final MeterRegistry meters;
    private final Map<String, AtomicInteger> gauges = new ConcurrentHashMap<>();
    private final AtomicInteger runs;
    private volatile @Nullable Reconciliation latest;

    ReconciliationAlerts(MeterRegistry meters) {
        this.meters = meters;
        // 1 as long as the latest run could be made, 0 when it could not
        runs = Objects.requireNonNull(meters.gauge("streamsync.reconciliation.runs", new AtomicInteger(1)));
    }

    void tell(Reconciliation run) {
        latest = run;
        runs.set(1);
        for (var check : run.checks()) {
            gauge(check.check()).set(check.fits() ? 1 : 0);
        }
        for (var check : run.failed()) {
            log.atError()
                    .setMessage("books do not fit")
                    .addKeyValue("check", check.check())
                    .addKeyValue("expected", check.expected())
                    .addKeyValue("actual", check.actual())
                    .addKeyValue("detail", check.detail())
                    .log();
        }
    }

    /// A run that could not be made says nothing of the books.
    void failed(RuntimeException failure) {
        runs.set(0);
        log.atError().setMessage("books were not reconciled").setCause(failure).log();
    }

    @Override
    public Health health() {
        var run = latest;
        if (run == null) {
            return Health.up().withDetail("at", "not yet").build();
        }
        return Health.up()
                .withDetail("at", run.at().toString())
                .withDetail("fits", run.fits())
                .withDetail("runs", runs.get() == 1)
                .withDetail(
                        "failed",
                        run.failed().stream()
                                .map(check -> check.check() + ": " + check.detail())
                                .toList())
                .build();
    }

    /// 1 while the check fits, 0 when it does not.
    private AtomicInteger gauge(String check) {
        return gauges.computeIfAbsent(
                check,
                name -> meters.gauge(
                        "streamsync.reconciliation.fits", List.of(Tag.of("check", name)), new AtomicInteger(1)));
    }
}
