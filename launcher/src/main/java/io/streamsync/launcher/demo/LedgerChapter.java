package io.streamsync.launcher.demo;

import io.streamsync.launcher.market.Progress;
import io.streamsync.protocol.money.Amount;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/// The customer's own sum of the price headers against the ledger, to the last nano-unit.
final class LedgerChapter {

    /// Posted within 2 s of the answer; a busy machine may take longer.
    private static final Awaiting POSTED = new Awaiting(Duration.ofSeconds(30));

    private final Progress progress;
    private final Claims claims;

    LedgerChapter(Progress progress, Claims claims) {
        this.progress = progress;
        this.claims = claims;
    }

    /// @return what the customer has paid in the end
    Amount tell(Traffic traffic, CustomerAccount account) {
        var charged = traffic.paid();
        var returned = returned(account);
        var paid = charged.minus(returned);
        var expected = account.deposited().minus(paid);
        var state = POSTED.until(account::state, seen -> balance(seen).equals(expected));
        progress.say("");
        progress.say("The ledger (GET /v1/account), after %d queries"
                .formatted(traffic.asked().size()));
        progress.say("  sum of the X-StreamSync-Price headers  " + charged.decimal() + " USDC");
        progress.say("  returned since for wrong answers       " + returned.decimal() + " USDC");
        progress.say("  deposited                              "
                + account.deposited().decimal() + " USDC");
        progress.say("  balance                                " + text(state, "balance") + " USDC");
        progress.say("  spent today, refunded today            " + text(state, "spentToday") + ", "
                + text(state, "refundedToday") + " USDC");
        claims.check(
                balance(state).equals(expected),
                "the balance is the deposit less the headers and plus the refunds, " + expected.decimal() + " USDC");
        var used = POSTED.until(account::usage, seen -> seen.equals(paid));
        claims.check(
                used.equals(paid),
                "so says the account's usage (GET /v1/account/usage), charged less refunded: " + used.decimal()
                        + " USDC");
        return paid;
    }

    /// What had been charged and was given back; a missed SLA was not charged in the first place.
    private static Amount returned(CustomerAccount account) {
        return account.wrongAnswers().values().stream().reduce(Amount.usdc(0), Amount::plus);
    }

    private static Amount balance(JsonNode state) {
        return CustomerAccount.usdc(state.path("balance"));
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("-");
    }
}
