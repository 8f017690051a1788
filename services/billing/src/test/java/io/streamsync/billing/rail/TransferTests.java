package io.streamsync.billing.rail;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.billing.rail.Standing.Outcome;
import io.streamsync.billing.rail.Transfer.Kind;
import io.streamsync.billing.rail.Transfer.Status;
import io.streamsync.billing.rail.Transfer.Step;
import io.streamsync.protocol.money.Amount;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransferTests {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Outcome PAID = new Outcome.Paid("payment");
    private static final Outcome FAILED = new Outcome.Failed("no such account");

    @Test
    void waitsUntilItMayBeHandedOver() {
        assertThat(requested(NOW).status()).isEqualTo(Status.PENDING);
        assertThat(requested(NOW.plusMillis(1)).status()).isEqualTo(Status.WAITING);
    }

    @Test
    void endsAsItsRailReports() {
        assertThat(in(Status.PENDING).report(PAID)).isEqualTo(new Step.Settled(in(Status.PAID)));
        assertThat(in(Status.PENDING).report(FAILED)).isEqualTo(new Step.Settled(in(Status.FAILED)));
    }

    @Test
    void staysAsItEnded() {
        assertThat(in(Status.PAID).report(PAID)).isEqualTo(new Step.Known());
        assertThat(in(Status.FAILED).report(FAILED)).isEqualTo(new Step.Known());
        assertThat(in(Status.PAID).report(FAILED)).isEqualTo(new Step.Contradicted("failed: no such account"));
        assertThat(in(Status.FAILED).report(PAID)).isEqualTo(new Step.Contradicted("paid as payment"));
    }

    @ParameterizedTest
    @EnumSource(names = {"WAITING", "CANCELLED"})
    void believesNoReportOfWhatNoRailWasAsked(Status status) {
        assertThat(in(status).report(PAID)).isInstanceOf(Step.Contradicted.class);
        assertThat(in(status).report(FAILED)).isInstanceOf(Step.Contradicted.class);
    }

    @Test
    void isCancelledOnlyBeforeItIsHandedOver() {
        assertThat(in(Status.WAITING).cancel()).isEqualTo(new Step.Settled(in(Status.CANCELLED)));
        assertThat(in(Status.CANCELLED).cancel()).isEqualTo(new Step.Known());
        assertThat(in(Status.PENDING).cancel()).isInstanceOf(Step.Contradicted.class);
        assertThat(in(Status.PAID).cancel()).isInstanceOf(Step.Contradicted.class);
        assertThat(in(Status.FAILED).cancel()).isInstanceOf(Step.Contradicted.class);
    }

    @Test
    void isAskedForLessAndLessOften() {
        assertThat(Carrier.waitAfter(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(Carrier.waitAfter(4)).isEqualTo(Duration.ofSeconds(8));
        assertThat(Carrier.waitAfter(7)).isEqualTo(Duration.ofMinutes(1));
        assertThat(Carrier.waitAfter(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(1));
    }

    private static Transfer requested(Instant availableAt) {
        return Transfer.requested(
                "wd_1",
                Kind.WITHDRAWAL,
                "acc_1",
                Amount.usdc(5),
                "sandbox",
                new Destination("CiLU9sZGmi1CHT8CMfGKsNnrG6WjLyFiSgLSq6dULa2L"),
                NOW,
                availableAt);
    }

    private static Transfer in(Status status) {
        var requested = requested(NOW);
        return new Transfer(
                requested.id(),
                requested.kind(),
                requested.holder(),
                requested.amount(),
                requested.rail(),
                requested.destination(),
                status,
                NOW,
                NOW,
                0,
                status == Status.PAID ? "payment" : null,
                status == Status.FAILED ? "no such account" : null);
    }
}
