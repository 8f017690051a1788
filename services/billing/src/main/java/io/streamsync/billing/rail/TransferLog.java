package io.streamsync.billing.rail;

import io.streamsync.billing.rail.Standing.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// What admins must see of transfers.
@Component
class TransferLog {

    private static final Logger log = LoggerFactory.getLogger(TransferLog.class);

    /// Money has left, or has not, against what the books say.
    void contradicted(Transfer transfer, String told) {
        log.atError()
                .setMessage("a rail contradicts what was settled: look at this transfer")
                .addKeyValue("transferId", transfer.id())
                .addKeyValue("status", transfer.status())
                .addKeyValue("rail", transfer.rail())
                .addKeyValue("told", told)
                .log();
    }

    void unknown(String transferId, Outcome outcome) {
        log.atError()
                .setMessage("a rail reports a transfer that nobody asked for")
                .addKeyValue("transferId", transferId)
                .addKeyValue("told", outcome)
                .log();
    }

    void unanswered(Transfer transfer, RuntimeException reason) {
        log.atWarn()
                .setMessage("a rail did not say how a transfer stands, asking again")
                .addKeyValue("transferId", transfer.id())
                .addKeyValue("rail", transfer.rail())
                .addKeyValue("tries", transfer.tries())
                .addKeyValue("reason", reason.getMessage())
                .log();
    }

    void away(RuntimeException reason) {
        log.atWarn()
                .setMessage("transfers wait, trying again")
                .addKeyValue("reason", reason.getMessage())
                .log();
    }
}
