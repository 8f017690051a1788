package io.streamsync.billing.reconciliation;

import io.streamsync.problems.Refusal;
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

    /// @throws Refusal while another run is on
    Reconciliation run() {
        try {
            var run = run(TRIES);
            alerts.tell(run);
            return run;
        } catch (Refusal another) {
            throw another;
        } catch (RuntimeException e) {
            alerts.failed(e);
            throw e;
        }
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
