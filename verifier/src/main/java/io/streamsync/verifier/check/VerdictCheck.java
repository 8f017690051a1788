package io.streamsync.verifier.check;

import io.streamsync.protocol.draw.Draw;
import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.market.SolanaMethod.Delivery;
import io.streamsync.protocol.record.StreamRecord.PlaceOutcome;
import io.streamsync.protocol.record.StreamRecord.Reason;
import io.streamsync.protocol.record.StreamRecord.Result;
import io.streamsync.protocol.record.StreamRecord.Verdict;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.verification.RaceStatus;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether the verdict on a race is on this race, and follows from what the checkers said (protocol, Verification).
/// What they said is the router's word; the operators who said it have it too.
final class VerdictCheck {

    private final Findings findings;

    VerdictCheck(Findings findings) {
        this.findings = findings;
    }

    /// @param secret with which the fee of a transaction is drawn among those that accepted it
    void check(AnsweredLeaf leaf, Verified verified, Where where, SolanaMethod method, Optional<byte[]> secret) {
        if (!isOnThisRace(leaf, verified, where)) {
            return;
        }
        results(leaf, verified, where);
        status(leaf, verified, where, method);
        lateBy(leaf, verified, where);
        large(leaf, verified, where);
        nobodyElseCould(leaf, verified, where);
        if (leaf.winner() != null) {
            secret.ifPresent(bytes -> acceptedFirst(leaf, verified, where, method, bytes));
        }
    }

    private boolean isOnThisRace(AnsweredLeaf leaf, Verified verified, Where where) {
        var race = leaf.record().race();
        var outcome = leaf.record().outcome();
        var raced = List.of(
                race.method(),
                race.queryClass().wireName(),
                race.parametersVersion(),
                "fee " + outcome.feeNano(),
                "unvoted " + leaf.record().asked().unvoted());
        var judged = List.of(
                verified.method(),
                verified.queryClass().wireName(),
                verified.parametersVersion(),
                "fee " + verified.feeNano(),
                "unvoted " + verified.unvoted());
        var asked = leaf.record().asked().places().stream()
                .map(place -> place.nodeId() + " " + place.operatorId() + " " + place.place())
                .toList();
        var told = verified.results().stream()
                .map(result -> result.nodeId() + " " + result.operatorId() + " " + result.place())
                .toList();
        return findings.same(FindingCode.VERDICT_MISMATCH, where, raced, judged)
                && findings.same(FindingCode.VERDICT_MISMATCH, where, asked, told);
    }

    private void results(AnsweredLeaf leaf, Verified verified, Where where) {
        var winner = leaf.record().outcome().winner();
        for (var i = 0; i < verified.results().size(); i++) {
            var result = verified.results().get(i);
            var possible = possible(result, i == winner);
            if (!possible.contains(result.verdict())) {
                findings.add(
                        FindingCode.VERDICT_MISMATCH,
                        where,
                        "one of " + possible + " for node " + result.nodeId(),
                        result.verdict());
            }
            if (i != winner && result.outcome() != null && result.reason() == null) {
                findings.add(
                        FindingCode.VERDICT_MISMATCH,
                        where,
                        "why node " + result.nodeId() + " did not win",
                        "no reason");
            }
        }
    }

    private static Set<Verdict> possible(Result result, boolean won) {
        if (won) {
            return EnumSet.of(Verdict.WINS);
        }
        return switch (result.outcome()) {
            case ANSWER -> EnumSet.of(Verdict.AGREES, Verdict.DISAGREES, Verdict.UNJUDGED);
            case FAILURE -> EnumSet.of(Verdict.FAILED);
            case null -> EnumSet.of(Verdict.LATE);
        };
    }

    private void status(AnsweredLeaf leaf, Verified verified, Where where, SolanaMethod method) {
        var possible = statuses(leaf, verified, method);
        if (!possible.contains(verified.status())) {
            findings.add(
                    FindingCode.STATUS_WRONG,
                    where,
                    possible.size() == 1 ? possible.iterator().next() : "one of " + possible,
                    verified.status());
        }
    }

    /// Only checkers vote, and only where the race is checked and voted on. Whether two that disagree hold one value,
    /// and whether history was asked for before it was final, the records do not say.
    private static Set<RaceStatus> statuses(AnsweredLeaf leaf, Verified verified, SolanaMethod method) {
        var winner = leaf.record().outcome().winner();
        if (winner < 0 || verified.results().get(winner).outcome() == PlaceOutcome.FAILURE) {
            return EnumSet.of(RaceStatus.NO_ANSWER);
        }
        var asked = leaf.record().asked();
        if (!asked.checked() || asked.unvoted()) {
            return EnumSet.of(RaceStatus.UNVERIFIED);
        }
        var agree = votes(verified, winner, Verdict.AGREES);
        var disagree = votes(verified, winner, Verdict.DISAGREES);
        if (disagree == 0) {
            return EnumSet.of(agree == 0 ? RaceStatus.UNVERIFIED : RaceStatus.CONFIRMED);
        }
        if (agree > 0 || disagree < 2) {
            return EnumSet.of(RaceStatus.INCONCLUSIVE);
        }
        if (!method.finality()) {
            return EnumSet.of(RaceStatus.CONTRADICTED, RaceStatus.INCONCLUSIVE);
        }
        return method.belowFinalized().finality()
                ? EnumSet.of(RaceStatus.DISPUTED)
                : EnumSet.of(RaceStatus.DISPUTED, RaceStatus.CONTRADICTED, RaceStatus.INCONCLUSIVE);
    }

    private static long votes(Verified verified, int winner, Verdict verdict) {
        var votes = 0L;
        for (var i = 0; i < verified.results().size(); i++) {
            var result = verified.results().get(i);
            votes += i != winner && result.place() == Place.CHECKING && result.verdict() == verdict ? 1 : 0;
        }
        return votes;
    }

    /// A missed SLA is the router's delay, or a second draw's, or else the node's own (protocol, SLA and refunds).
    private void lateBy(AnsweredLeaf leaf, Verified verified, Where where) {
        var outcome = leaf.record().outcome();
        var sla = outcome.sla();
        var winner = leaf.winner();
        if (sla == null || sla.met() || winner == null) {
            return;
        }
        var node = verified.results().get(outcome.winner()).latencyMicros();
        if (node >= 0) {
            var byRouter = winner.round() > 0 || node <= sla.maxLatencyMs() * 1_000L;
            findings.same(FindingCode.SLA_WRONG, where, late(byRouter), late(outcome.lateByRouter()));
        }
    }

    /// The hash of an answer is that of a large one, which nobody promises a time for (decision 24).
    private void large(AnsweredLeaf leaf, Verified verified, Where where) {
        if (verified.answerHash() != null && leaf.record().outcome().sla() != null) {
            findings.add(FindingCode.SLA_WRONG, where, "none for a large answer", "one");
        }
    }

    private static String late(boolean byRouter) {
        return byRouter ? "late by the router" : "late by the node";
    }

    /// A checker's answer is delivered, and a second draw held, only when every racing place has failed, or said what
    /// nobody confirmed.
    private void nobodyElseCould(AnsweredLeaf leaf, Verified verified, Where where) {
        var winner = leaf.winner();
        if (winner == null) {
            return;
        }
        for (var i = 0; i < verified.results().size(); i++) {
            var result = verified.results().get(i);
            var before = leaf.record().asked().places().get(i).round() < winner.round();
            if (result.place().races() && (before || winner.place() == Place.CHECKING) && isStillRacing(result)) {
                findings.add(
                        FindingCode.WINNER,
                        where,
                        "node " + winner.nodeId() + " only when all who raced before have failed",
                        "node " + result.nodeId() + " still racing");
            }
        }
    }

    /// A sound answer that came in time is only passed over where it needs a second operator's.
    private static boolean isStillRacing(Result result) {
        return switch (result.outcome()) {
            case ANSWER -> result.reason() != Reason.UNCONFIRMED;
            case FAILURE -> false;
            case null -> true;
        };
    }

    /// The fee of a transaction goes to the first, in an order that was drawn, of those that accepted it in time.
    private void acceptedFirst(AnsweredLeaf leaf, Verified verified, Where where, SolanaMethod method, byte[] secret) {
        if (method.delivery() != Delivery.ALL_RACERS) {
            return;
        }
        var winner = leaf.record().outcome().winner();
        for (var place : order(leaf, secret)) {
            if (place == winner) {
                return;
            }
            if (verified.results().get(place).reason() == Reason.DRAWN_LATER) {
                findings.add(
                        FindingCode.WINNER,
                        where,
                        "node " + verified.results().get(place).nodeId() + ", which was drawn before and accepted",
                        "node " + verified.results().get(winner).nodeId());
                return;
            }
        }
    }

    /// Of both draws, one after the other.
    private static List<Integer> order(AnsweredLeaf leaf, byte[] secret) {
        var random = DrawCheck.random(leaf, secret);
        var places = leaf.record().asked().places();
        var order = new ArrayList<Integer>();
        for (var round = 0; round < 2; round++) {
            var racing = new ArrayList<Integer>();
            for (var i = 0; i < places.size(); i++) {
                if (places.get(i).round() == round && places.get(i).place().races()) {
                    racing.add(i);
                }
            }
            for (var drawn : Draw.submitOrder(racing.size(), random)) {
                order.add(racing.get(drawn));
            }
        }
        return order;
    }
}
