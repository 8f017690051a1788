package io.streamsync.billing.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.account.CustomerId;
import io.streamsync.protocol.market.OperatorId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/// How long subscriptions are kept.
@BillingTest
class SubscriptionPruningTests {

    private final CustomerId customer = new CustomerId(UUID.randomUUID().toString());

    @Autowired
    Subscriptions subscriptions;

    @Autowired
    SubscriptionPruning pruning;

    @Autowired
    TransactionTemplate transactions;

    @Test
    void forgetsWhatNothingWasChargedForSinceLong() {
        var now = Instant.now();
        add("0a".repeat(16), now.minus(Duration.ofDays(401)));
        add("0b".repeat(16), now.minus(Duration.ofDays(500)));
        add("0b".repeat(16), now.minus(Duration.ofDays(399)));
        add("0c".repeat(16), now);

        pruning.prune();

        assertThat(subscriptions.ofCustomer(customer, Instant.EPOCH, now.plusSeconds(60), Long.MAX_VALUE, 10))
                .extracting(Subscribed::subscriptionId)
                .containsExactly("0c".repeat(16), "0b".repeat(16));
    }

    private void add(String id, Instant at) {
        transactions.executeWithoutResult(_ -> subscriptions.add(
                List.of(new SubscriptionCharge(id, customer, "slotSubscribe", new OperatorId("op"), at, 1, 40))));
    }
}
