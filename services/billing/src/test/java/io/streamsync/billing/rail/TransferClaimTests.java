package io.streamsync.billing.rail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Http;
import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.rail.Transfer.Kind;
import io.streamsync.billing.rail.Transfer.Status;
import io.streamsync.protocol.money.Amount;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// A transfer in the hands of whoever carries it, on a rail that nobody else serves.
@BillingTest
class TransferClaimTests {

    private static final Duration WAIT = Duration.ofMinutes(5);

    private final String rail = "claimed-" + UUID.randomUUID();
    private final Instant due = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofMinutes(10));

    @Autowired
    Http http;

    @Autowired
    Transfers transfers;

    @Autowired
    TransferRows rows;

    @Autowired
    RailFunds funds;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    private CustomerId customer;
    private String id;

    @BeforeEach
    void withdraw() {
        customer = new CustomerId(http.customer("1").id());
        transaction.executeWithoutResult(_ -> funds.cameIn(rail, customer, Amount.NANO));
        var reserved = transfers.withdraw(
                customer,
                Amount.usdc(Amount.NANO),
                rail,
                new Destination("CiLU9sZGmi1CHT8CMfGKsNnrG6WjLyFiSgLSq6dULa2L"),
                WAIT);
        id = ((Reservation.Made) reserved).transfer().id();
    }

    @Test
    void isNobodyElsesUntilTheClaimIsOver() {
        assertThat(claimed(due)).hasSize(1);

        assertThat(claimed(due)).isEmpty();
        assertThat(claimed(due.plus(WAIT).minusMillis(1))).isEmpty();
        assertThat(claimed(due.plus(WAIT))).hasSize(1);
    }

    @Test
    void isNotCancelledWhileItIsTakenUp() throws Exception {
        try (var other = Executors.newSingleThreadExecutor()) {
            var cancelled = transaction.execute(_ -> {
                assertThat(claimed(due)).hasSize(1);
                var cancelling = other.submit(() -> transfers.cancel(customer, id));
                await().until(() -> jdbc.sql("""
                                select exists (select from pg_stat_activity
                                    where wait_event_type = 'Lock' and query like '%transfer%')""").query(Boolean.class).single());
                return cancelling;
            });
            assertThat(cancelled.get()).as("too late").isEmpty();
        }

        assertThat(rows.find(Kind.WITHDRAWAL, customer.value(), id)
                        .orElseThrow()
                        .status())
                .isEqualTo(Status.PENDING);
    }

    private List<Transfer> claimed(Instant now) {
        return rows.claim(rail, now, now.plus(WAIT), 10);
    }
}
