package io.streamsync.billing.reconciliation;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Reconciliation on demand, and what was found before.
@RestController
@RequestMapping("/internal/reconciliations")
class ReconciliationController {

    private static final int MOST = 500;

    private final ReconciliationRuns runs;
    private final Reconciliations reconciliations;

    ReconciliationController(ReconciliationRuns runs, Reconciliations reconciliations) {
        this.runs = runs;
        this.reconciliations = reconciliations;
    }

    @PostMapping
    Reconciliation reconcile() {
        return runs.run();
    }

    @GetMapping
    Runs list(@RequestParam(defaultValue = "50") int limit) {
        return new Runs(reconciliations.latest(Math.clamp(limit, 1, MOST)));
    }

    /// Newest first.
    record Runs(List<Reconciliation> items) {}
}
