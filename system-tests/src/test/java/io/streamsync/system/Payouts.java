package io.streamsync.system;

import static io.streamsync.system.OperatorWallet.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.system.Api.Reply;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// An operator's payouts and what it earned, as the portal shows them.
///
/// @param home of the operator in the public interfaces
record Payouts(Api session, String home) {

    /// A hold of 5 s in these markets, and what was earned before is to be posted and verified.
    private static final Duration EARNED = Duration.ofMinutes(2);

    /// The smallest amount there is.
    static final String NANO = "0.000000001";

    static Payouts of(Operator operator) {
        return new Payouts(operator.session(), operator.home());
    }

    Reply ask(String amount, String idempotencyKey) {
        return session.post(
                home + "/payouts", body().put("amount", amount).toString(), "Idempotency-Key", idempotencyKey);
    }

    /// One that is made.
    ///
    /// @return its id
    String made(String amount) {
        var asked = ask(amount, UUID.randomUUID().toString());
        assertThat(asked.status()).as(asked.body()).isEqualTo(201);
        assertThat(asked.text("/status")).isEqualTo("PENDING");
        return asked.text("/payoutId");
    }

    List<JsonNode> all() {
        return session.items(home + "/payouts");
    }

    JsonNode find(String id) {
        return all().stream()
                .filter(payout -> id.equals(payout.path("payoutId").asString()))
                .findFirst()
                .orElseThrow();
    }

    String status(String id) {
        return find(id).path("status").asString();
    }

    JsonNode earnings() {
        return session.get(home + "/earnings").json();
    }

    /// Waits until there is something that can be paid out.
    BigDecimal payable() {
        return await().atMost(EARNED)
                .until(() -> Books.decimal(earnings(), "payable"), payable -> payable.signum() > 0);
    }

    /// Every payout has ended; what counts as paid is what was, and all the rest is still there.
    void check() {
        var payouts = all();
        assertThat(payouts)
                .extracting(payout -> payout.path("status").asString())
                .isSubsetOf("PAID", "FAILED");
        var paid = payouts.stream()
                .filter(payout -> "PAID".equals(payout.path("status").asString()))
                .toList();
        var earnings = earnings();
        assertThat(Books.decimal(earnings, "paid")).isEqualByComparingTo(Books.sum(paid, "amount"));
        assertThat(Books.sum(earnings.path("items").valueStream().toList(), "earned"))
                .isEqualByComparingTo(Books.decimal(earnings, "pending")
                        .add(Books.decimal(earnings, "payable"))
                        .add(Books.decimal(earnings, "paid")));
    }
}
