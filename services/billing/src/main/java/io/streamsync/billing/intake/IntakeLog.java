package io.streamsync.billing.intake;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// What whoever runs the installation has to see of the intake.
@Component
class IntakeLog {

    private static final Logger log = LoggerFactory.getLogger(IntakeLog.class);

    /// An alert: money of this partition is not booked until the cause is gone.
    void partitionStopped(int partition, Taken.Stopped stopped) {
        log.atError()
                .setMessage("races partition stopped")
                .addKeyValue("partition", partition)
                .addKeyValue("offset", stopped.offset())
                .addKeyValue("reason", stopped.reason())
                .log();
    }

    void partitionGoesOn(int partition) {
        log.atInfo()
                .setMessage("races partition goes on")
                .addKeyValue("partition", partition)
                .log();
    }

    /// An alert: the router has to send its journal again from there.
    void recordsMissing(int partition, Gap gap) {
        log.atError()
                .setMessage("race records missing, stream waits")
                .addKeyValue("partition", partition)
                .addKeyValue("stream", gap.stream())
                .addKeyValue("expected", gap.expected())
                .addKeyValue("found", gap.found())
                .log();
    }

    void gapFilled(int partition, long offset) {
        log.atInfo()
                .setMessage("missing race records came, reading again")
                .addKeyValue("partition", partition)
                .addKeyValue("offset", offset)
                .log();
    }

    void intakeFailed(RuntimeException failure) {
        log.atError()
                .setMessage("race intake failed, starting over")
                .setCause(failure)
                .log();
    }
}
