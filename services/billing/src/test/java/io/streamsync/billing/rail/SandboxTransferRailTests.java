package io.streamsync.billing.rail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Http;
import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.billing.rail.Standing.Outcome.Paid;
import io.streamsync.billing.rail.Standing.Underway;
import io.streamsync.billing.rail.Transfer.Kind;
import io.streamsync.billing.rail.Transfer.Status;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.money.Asset;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BillingTest
class SandboxTransferRailTests {

    private static final Amount ONE = Amount.parse(Asset.USDC, "1");

    @Autowired
    Http http;

    @Autowired
    Transfers transfers;

    @Autowired
    Ledger ledger;

    @Autowired
    JdbcClient jdbc;

    @Test
    void paysAtOnceWhereNothingElseIsSaid() {
        var customer = customer();

        assertThat(settled(customer, "CiLU9sZGmi1CHT8CMfGKsNnrG6WjLyFiSgLSq6dULa2L")
                        .status())
                .isEqualTo(Status.PAID);
    }

    @Test
    void givesBackWhatItRefusesAndSaysWhy() {
        var customer = customer();

        var refused = settled(customer, SandboxTransferRail.REFUSES);

        assertThat(refused.status()).isEqualTo(Status.FAILED);
        assertThat(refused.reason()).isEqualTo("The sandbox refuses what goes to this address.");
        assertThat(available(customer)).isEqualTo(2 * Amount.NANO);
        assertThat(underway(customer)).isZero();
    }

    @Test
    void isPaidOnceThoughItTellsTwice() {
        var customer = customer();

        var paid = settled(customer, SandboxTransferRail.REPEATS);

        assertThat(paid.status()).isEqualTo(Status.PAID);
        assertThat(available(customer)).isEqualTo(Amount.NANO);
        assertThat(underway(customer)).isZero();
    }

    @Test
    void takesItsTimeFromTheFirstQuestionOnWhoeverAsksAgain() {
        var id = "wd_" + UUID.randomUUID();
        // PostgreSQL keeps microseconds, and rounds.
        var start = Instant.now().truncatedTo(ChronoUnit.MICROS);

        assertThat(standing(id, start)).isInstanceOf(Underway.class);
        assertThat(standing(id, start.plus(SandboxTransferRail.WAIT).minusMillis(1)))
                .isInstanceOf(Underway.class);
        assertThat(standing(id, start.plus(SandboxTransferRail.WAIT))).isEqualTo(new Paid("sandbox-" + id));
        assertThat(standing("wd_" + UUID.randomUUID(), start.plus(SandboxTransferRail.WAIT)))
                .isInstanceOf(Underway.class);
    }

    /// Of a rail that was started anew, as after a crash.
    private Standing standing(String id, Instant now) {
        return new SandboxTransferRail(transfers, jdbc, () -> now)
                .transfer(id, ONE, new Destination(SandboxTransferRail.WAITS));
    }

    private CustomerId customer() {
        return new CustomerId(http.customer("2").id());
    }

    /// What becomes of one USDC on its way there.
    private Transfer settled(CustomerId customer, String destination) {
        var reserved = transfers.withdraw(customer, ONE, "sandbox", new Destination(destination), Duration.ZERO);
        assertThat(reserved).isInstanceOf(Reservation.Made.class);
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> transfers
                                .of(Kind.WITHDRAWAL, customer.value(), Long.MAX_VALUE, 1)
                                .getFirst()
                                .transfer(),
                        transfer -> transfer.status() != Status.PENDING);
    }

    private long available(CustomerId customer) {
        return ledger.balance(Account.available(customer));
    }

    private long underway(CustomerId customer) {
        return ledger.balance(Account.withdrawing(customer));
    }
}
