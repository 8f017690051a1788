package io.streamsync.verifier.check;

import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.market.Ask;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.record.StreamRecord.AskedPlace;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Pay as bid: the winner's ask by the snapshot, never above the customer's ceiling, or nothing (protocol, Fee).
final class FeeCheck {

    private final Findings findings;

    FeeCheck(Findings findings) {
        this.findings = findings;
    }

    /// @param medianAsk of the race's class
    /// @param replay null when the draw could not be replayed
    void check(AnsweredLeaf leaf, RaceRules rules, OptionalLong medianAsk, @Nullable Replay replay) {
        var outcome = leaf.record().outcome();
        var winner = leaf.winner();
        if (winner == null) {
            nobody(leaf);
            return;
        }
        var ask = rules.ask(
                winner.nodeId(), winner.operatorId(), leaf.record().race().queryClass());
        if (ask.isEmpty()) {
            findings.add(FindingCode.WINNER, leaf.where(), "a node of the snapshot", "node " + winner.nodeId());
            return;
        }
        price(leaf, ask.get());
        if (outcome.feeNano() != 0 && outcome.feeNano() != outcome.priceNano()) {
            findings.add(
                    outcome.feeNano() > outcome.priceNano() ? FindingCode.FEE_ABOVE_ASK : FindingCode.FEE_WRONG,
                    leaf.where(),
                    usdc(outcome.priceNano()) + " or nothing",
                    usdc(outcome.feeNano()));
        }
        var ceiling = Ceilings.of(leaf.record().race().terms(), medianAsk, rules.parameters());
        if (outcome.feeNano() > ceiling) {
            findings.add(
                    FindingCode.FEE_ABOVE_CEILING, leaf.where(), "at most " + usdc(ceiling), usdc(outcome.feeNano()));
        }
        deliverable(leaf, winner, ask.get(), replay == null ? ceiling : Math.min(ceiling, replay.reserved()));
    }

    private void nobody(AnsweredLeaf leaf) {
        var outcome = leaf.record().outcome();
        if (outcome.winner() >= 0) {
            findings.add(FindingCode.WINNER, leaf.where(), "one of the places", "place " + outcome.winner());
        }
        findings.same(FindingCode.FEE_WRONG, leaf.where(), usdc(0), usdc(outcome.feeNano()));
        findings.same(FindingCode.FEE_WRONG, leaf.where(), "a price of 0", "a price of " + outcome.priceNano());
    }

    private void price(AnsweredLeaf leaf, Ask ask) {
        var price = leaf.record().outcome().priceNano();
        if (price != ask.priceNano()) {
            findings.add(
                    price > ask.priceNano() ? FindingCode.FEE_ABOVE_ASK : FindingCode.FEE_WRONG,
                    leaf.where(),
                    "the winner's ask, " + usdc(ask.priceNano()),
                    usdc(price));
        }
    }

    /// A checker is delivered when all who race failed, within what was set aside and the customer's lists; a shadow
    /// never (protocol, Race; decision 23).
    private void deliverable(AnsweredLeaf leaf, AskedPlace winner, Ask ask, long most) {
        if (winner.place() == Place.SHADOW) {
            findings.add(FindingCode.WINNER, leaf.where(), "a racing or checking place", "a shadow");
        }
        if (winner.place() == Place.CHECKING
                && (ask.priceNano() > most || !leaf.record().race().terms().allows(winner.operatorId()))) {
            findings.add(
                    FindingCode.WINNER,
                    leaf.where(),
                    "a checker within the customer's lists, for at most " + usdc(most),
                    winner.operatorId() + " for " + usdc(ask.priceNano()));
        }
    }

    private static String usdc(long nano) {
        return Amount.decimal(nano) + " USDC";
    }
}
