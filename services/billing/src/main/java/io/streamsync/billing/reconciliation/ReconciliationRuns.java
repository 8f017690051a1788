package io.streamsync.billing.reconciliation;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;

/// Reconciles and tells what was found. A snapshot that is too old to write to is no finding: another is taken.
@Component
class ReconciliationRuns {

    private static final int TRIES = 3;

    private final Reconciling reconciling;
    private final ReconciliationAlerts alerts;

    ReconciliationRuns(Reconciling reconciling, ReconciliationAlerts alerts) {
        this.reconciling = reconciling;
        this.alerts = alerts;
    }

    Reconciliation run() {
        var run = run(TRIES);
        alerts.tell(run);
        return run;
    }

    private Reconciliation run(int tries) {
        try {
            return reconciling.run();
        } catch (ConcurrencyFailureException overtaken) {
            if (tries == 1) {
                throw overtaken;
            }
            return run(tries - 1);
        }
    }
}
