package io.streamsync.protocol.score;

import io.streamsync.protocol.answer.Answers;
import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.record.StreamRecord.PlaceOutcome;
import io.streamsync.protocol.record.StreamRecord.Result;
import io.streamsync.protocol.record.StreamRecord.Verdict;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.verification.RaceStatus;
import io.streamsync.protocol.verification.Verification;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/// Races of state that changes, among operators some slots behind the tip; who is flagged is what the test looks at.
final class SimulatedMarket {

    private static final SolanaMethod BALANCE = Answers.method("getBalance");

    private final Random random;
    private final List<Player> players;
    private final double changesPerSlot;
    private final Map<OperatorId, ArrayDeque<ComparedAnswer>> windows = new HashMap<>();
    private final Set<String> flagged = new HashSet<>();
    private final Map<String, Integer> contradicted = new HashMap<>();
    private final Map<String, Integer> altered = new HashMap<>();
    private long tip = 1_000_000;

    /// @param changesPerSlot the probability that what is asked changes within one slot
    SimulatedMarket(long seed, double changesPerSlot, List<Player> players) {
        this.random = new Random(seed);
        this.changesPerSlot = changesPerSlot;
        this.players = players;
    }

    /// @param behind slots behind the tip at least
    /// @param jitter slots behind the tip more, at random
    /// @param speed who is fastest among the racing wins
    /// @param lies the share of its answers that it alters
    record Player(String name, int behind, int jitter, double speed, double lies) {}

    void run(int races) {
        for (int n = 0; n < races; n++) {
            race();
        }
    }

    Set<String> flagged() {
        return Set.copyOf(flagged);
    }

    int contradictions(String name) {
        return contradicted.getOrDefault(name, 0);
    }

    /// Of its answers that were compared with others', how many it had altered.
    int altered(String name) {
        return altered.getOrDefault(name, 0);
    }

    private void race() {
        tip++;
        var drawn = new ArrayList<>(players.stream()
                .filter(player -> !flagged.contains(player.name()))
                .toList());
        Collections.shuffle(drawn, random);
        int places = Math.min(5, drawn.size());
        int racing = (places + 1) / 2;
        var changes = changes();
        var answers = drawn.subList(0, places).stream()
                .map(player -> answer(player, changes))
                .toList();
        var winner = answers.subList(0, racing).stream()
                .max((one, other) -> Double.compare(one.pace(), other.pace()))
                .orElseThrow();
        var checkers = answers.subList(racing, places);
        take(verified(winner, checkers));
        review();
    }

    /// The slots at which the account that a race asks for changed lately. Its state is how many of them have passed.
    private List<Long> changes() {
        var changes = new ArrayList<Long>();
        for (long slot = tip; slot > tip - 20; slot--) {
            if (random.nextDouble() < changesPerSlot) {
                changes.add(slot);
            }
        }
        return changes;
    }

    private Given answer(Player player, List<Long> changes) {
        var slot = tip - player.behind() - (player.jitter() == 0 ? 0 : random.nextInt(player.jitter() + 1));
        var value = changes.stream().filter(change -> change <= slot).count();
        var altered = random.nextDouble() < player.lies();
        var pace = player.speed() + random.nextDouble();
        return new Given(player.name(), slot, altered ? 1_000 + random.nextInt(1_000_000) : value, altered, pace);
    }

    private Verified verified(Given winner, List<Given> checkers) {
        var votes = Verification.of(
                BALANCE, winner.answer(), checkers.stream().map(Given::answer).toList());
        var results = new ArrayList<Result>();
        results.add(result(winner, Place.RACING, Verdict.WINS));
        for (int i = 0; i < checkers.size(); i++) {
            results.add(result(
                    checkers.get(i),
                    Place.CHECKING,
                    Verdict.valueOf(votes.votes().get(i).name())));
        }
        if (votes.status() == RaceStatus.CONTRADICTED) {
            contradicted.merge(winner.name(), 1, Integer::sum);
        }
        Stream.concat(Stream.of(winner), checkers.stream())
                .filter(given -> given.altered() && !checkers.isEmpty())
                .forEach(given -> altered.merge(given.name(), 1, Integer::sum));
        return new Verified(0, 0, "getBalance", QueryClass.LOOKUP, "1", votes.status(), 0, false, results);
    }

    private static Result result(Given given, Place place, Verdict verdict) {
        return new Result(
                new NodeId(given.name() + "-1"),
                new OperatorId(given.name()),
                place,
                20_000,
                PlaceOutcome.ANSWER,
                verdict,
                given.slot(),
                true);
    }

    private void take(Verified race) {
        for (var answer : RaceComparisons.of(race)) {
            var window = windows.computeIfAbsent(answer.operatorId(), _ -> new ArrayDeque<>());
            window.addLast(answer);
            if (window.size() > Outliers.WINDOW) {
                window.removeFirst();
            }
        }
    }

    /// Looks at one operator after each race, so that in the end every window was looked at often.
    private void review() {
        var player = players.get((int) (tip % players.size()));
        var lists = new HashMap<OperatorId, List<ComparedAnswer>>();
        if (tip % 7 == 0 && !flagged.contains(player.name())) {
            windows.forEach((operator, window) -> lists.put(operator, List.copyOf(window)));
            if (Outliers.isOutlier(new OperatorId(player.name()), lists)) {
                flagged.add(player.name());
                windows.remove(new OperatorId(player.name()));
            }
        }
    }

    private record Given(String name, long slot, long value, boolean altered, double pace) {

        NodeAnswer answer() {
            return Answers.at(slot, "getBalance", Long.toString(value));
        }
    }
}
