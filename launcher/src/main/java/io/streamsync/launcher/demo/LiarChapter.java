package io.streamsync.launcher.demo;

import io.streamsync.launcher.market.Progress;
import io.streamsync.launcher.process.Pause;
import io.streamsync.protocol.money.Amount;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// An operator begins to lie now and then: checkers contradict it, its victims are refunded, its accuracy falls, it is
/// flagged, and the market draws it no more.
final class LiarChapter {

    /// One answer in five.
    private static final double LIE = 0.2;

    private static final int ROUND = 60;

    /// Two or three are usual: five conflicts with more than one other operator are enough for a flag.
    private static final int MOST_ROUNDS = 30;

    /// Between two rounds: verdicts need a moment to become scores, and scores to become a snapshot.
    private static final Duration BREATH = Duration.ofMillis(500);

    /// The verification window, and a second each for scores and snapshot.
    private static final Duration VERDICTS = Duration.ofSeconds(4);

    /// A refund reaches the account within 2 s of its cause; a busy machine may take longer.
    private static final Awaiting REFUNDED = new Awaiting(Duration.ofSeconds(15));

    private final Progress progress;
    private final Claims claims;
    private final PublicMarket market;

    LiarChapter(Progress progress, Claims claims, PublicMarket market) {
        this.progress = progress;
        this.claims = claims;
        this.market = market;
    }

    Traffic tell(Enrolled liar, QueryPlan queries, CustomerAccount account) {
        progress.say("");
        progress.say("An operator lies: %s alters one answer in five".formatted(liar.name()));
        var accuracy = market.accuracy(liar.operatorId());
        var lying = traffic(liar, queries, account);
        liar.nodes().forEach(node -> node.process().lie(0));
        var since = Traffic.send(account.asking(), queries.balances(ROUND));
        var wrong = wrong(lying, liar);
        var victims = contradicted(wrong, new Races(account.asking()));
        progress.say("  it won %d of %d queries, of which %d got a wrong answer; both checkers contradicted %d of these"
                .formatted(lying.wonBy(liar), lying.asked().size(), wrong.size(), victims.size()));
        tellRefunds(wrong, victims, account);
        var fallen = market.accuracy(liar.operatorId());
        progress.say("  accuracy (GET /v1/reputations) %.3f before, %.3f now; %s"
                .formatted(accuracy, fallen, market.isFlagged(liar.operatorId()) ? "flagged" : "not flagged"));
        claims.check(fallen < accuracy, "its accuracy has fallen");
        claims.check(
                lying.wonBy(liar) > 0 && since.wonBy(liar) == 0,
                "it won %.1f %% of the queries, and of %d queries since it was found out %d"
                        .formatted(lying.share(liar), ROUND, since.wonBy(liar)));
        return lying.and(since);
    }

    /// Rounds of queries until the market does not draw it any more.
    private Traffic traffic(Enrolled liar, QueryPlan queries, CustomerAccount account) {
        liar.nodes().forEach(node -> node.process().lie(LIE));
        var traffic = new Traffic(List.of());
        for (int round = 0; round < MOST_ROUNDS; round++) {
            traffic = traffic.and(Traffic.send(account.asking(), queries.balances(ROUND)));
            Pause.sleep(BREATH);
            if (!isDrawn(liar) && isFinal(liar)) {
                break;
            }
        }
        return traffic;
    }

    private boolean isDrawn(Enrolled operator) {
        return market.sellers().contains(operator.operatorId());
    }

    /// Verdicts on its last answers are still to come, good ones among them.
    private boolean isFinal(Enrolled liar) {
        Pause.sleep(VERDICTS);
        return !isDrawn(liar);
    }

    private void tellRefunds(List<Asked> wrong, List<Asked> victims, CustomerAccount account) {
        var refunds = REFUNDED.until(
                account::wrongAnswers,
                listed -> victims.stream().allMatch(asked -> listed.containsKey(asked.raceId())));
        var total = refunds.values().stream().reduce(Amount.usdc(0), Amount::plus);
        progress.say("  refunded as WRONG_ANSWER (GET /v1/account/refunds): %d queries, %s USDC"
                .formatted(refunds.size(), total.decimal()));
        claims.check(!victims.isEmpty(), "wrong answers were contradicted");
        claims.check(
                victims.stream().allMatch(asked -> asked.paid().equals(refunds.get(asked.raceId()))),
                "each of them was refunded without a claim, with what it had cost");
        var wrongRaces = wrong.stream().map(Asked::raceId).collect(Collectors.toSet());
        claims.check(
                wrongRaces.containsAll(refunds.keySet()),
                "nobody was refunded, or accused, for an answer that was right");
    }

    /// Who had paid: whoever had not got it in time has nothing to get back.
    private static List<Asked> contradicted(List<Asked> wrong, Races races) {
        return wrong.stream()
                .filter(asked -> asked.paid().isPositive())
                .filter(asked -> races.explained(asked.raceId())
                        .path("status")
                        .asString("")
                        .equals("CONTRADICTED"))
                .toList();
    }

    /// What differs from what the others say of the same wallet, whose balance does not move here.
    private static List<Asked> wrong(Traffic traffic, Enrolled liar) {
        var truth = traffic.asked().stream()
                .filter(asked -> !asked.isWonBy(liar))
                .collect(Collectors.toMap(asked -> asked.query().params(), LiarChapter::balance, (one, _) -> one));
        return traffic.asked().stream()
                .filter(asked -> asked.isWonBy(liar))
                .filter(asked ->
                        !balance(asked).equals(truth.getOrDefault(asked.query().params(), balance(asked))))
                .toList();
    }

    private static String balance(Asked asked) {
        return asked.result().path("value").asString("");
    }
}
