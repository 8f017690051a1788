package io.streamsync.launcher.demo;

import io.streamsync.launcher.market.Progress;
import io.streamsync.launcher.process.Pause;
import io.streamsync.protocol.money.Amount;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/// The customer's own sum of the price headers against the ledger, to the last nano-unit.
final class LedgerChapter {

    /// Posted within 2 s of the answer; a busy machine may take longer.
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(200);

    private final Progress progress;
    private final Claims claims;

    LedgerChapter(Progress progress, Claims claims) {
        this.progress = progress;
        this.claims = claims;
    }

    void tell(Traffic traffic, CustomerAccount account) {
        var paid = traffic.paid();
        var expected = account.deposited().minus(paid);
        var state = awaitPosted(account, expected);
        progress.say("");
        progress.say("The ledger (GET /v1/account)");
        progress.say("  sum of the X-StreamSync-Price headers  " + paid.decimal() + " USDC");
        progress.say("  deposited                              "
                + account.deposited().decimal() + " USDC");
        progress.say("  balance                                " + text(state, "balance") + " USDC");
        progress.say("  spent today, refunded today            " + text(state, "spentToday") + ", "
                + text(state, "refundedToday") + " USDC");
        claims.check(
                balance(state).equals(expected),
                "the balance is the deposit less the sum of the headers, " + expected.decimal() + " USDC");
        var spent =
                CustomerAccount.usdc(state.path("spentToday")).minus(CustomerAccount.usdc(state.path("refundedToday")));
        claims.check(spent.equals(paid), "spent today less refunded today is the sum of the headers");
    }

    private static JsonNode awaitPosted(CustomerAccount account, Amount expected) {
        var started = System.nanoTime();
        while (true) {
            var state = account.state();
            if (balance(state).equals(expected) || System.nanoTime() - started > LIMIT.toNanos()) {
                return state;
            }
            Pause.sleep(POLL);
        }
    }

    private static Amount balance(JsonNode state) {
        return CustomerAccount.usdc(state.path("balance"));
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("-");
    }
}
