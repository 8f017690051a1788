package io.streamsync.verifier;

import io.streamsync.protocol.canonical.Sha256;
import io.streamsync.protocol.draw.Draw;
import io.streamsync.protocol.draw.Drawn;
import io.streamsync.protocol.draw.Field;
import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.draw.Placed;
import io.streamsync.protocol.draw.RaceRandomness;
import io.streamsync.protocol.draw.SkipReason;
import io.streamsync.protocol.draw.Skipped;
import io.streamsync.protocol.draw.Stages;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.draw.Usability;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.market.SolanaMethods;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.RaceAddress;
import io.streamsync.protocol.record.StreamRecord;
import io.streamsync.protocol.record.StreamRecord.Answered;
import io.streamsync.protocol.record.StreamRecord.Asked;
import io.streamsync.protocol.record.StreamRecord.AskedPlace;
import io.streamsync.protocol.record.StreamRecord.Outcome;
import io.streamsync.protocol.record.StreamRecord.PlaceOutcome;
import io.streamsync.protocol.record.StreamRecord.PrivatePart;
import io.streamsync.protocol.record.StreamRecord.Race;
import io.streamsync.protocol.record.StreamRecord.Reason;
import io.streamsync.protocol.record.StreamRecord.RefundReason;
import io.streamsync.protocol.record.StreamRecord.Result;
import io.streamsync.protocol.record.StreamRecord.Sla;
import io.streamsync.protocol.record.StreamRecord.Verdict;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.verification.RaceStatus;
import io.streamsync.verifier.publication.StreamName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One incarnation of an honest router that draws by the rules and writes down what came of it.
final class TestRouter {

    private static final HexFormat HEX = HexFormat.of();

    final StreamName name;
    private final Parameters parameters;
    private final Random random;
    private final Map<Long, byte[]> secrets = new TreeMap<>();
    private final NavigableMap<Long, List<StreamRecord>> written = new TreeMap<>();
    private final Map<FieldOf, Field> fields = new HashMap<>();
    private final Usability usability;
    private long sequence;

    TestRouter(StreamName name, Parameters parameters, Random random, Usability usability) {
        this.name = name;
        this.parameters = parameters;
        this.random = random;
        this.usability = usability;
    }

    byte[] secret(long epoch) {
        return secrets.computeIfAbsent(
                epoch, _ -> Sha256.of((name + " secret " + epoch).getBytes(StandardCharsets.UTF_8)));
    }

    Map<Long, byte[]> secrets() {
        return secrets;
    }

    void write(long at, StreamRecord record) {
        written.computeIfAbsent(at, _ -> new ArrayList<>()).add(record);
    }

    /// Takes away what was written before a moment, in its order.
    void drain(long before, Consumer<StreamRecord> each) {
        var earlier = written.headMap(before, false);
        earlier.values().forEach(records -> records.forEach(each));
        earlier.clear();
    }

    /// Everything up to a moment, in the order in which it was written.
    TestStream stream(long until) {
        var stream = new TestStream(name);
        written.forEach((at, records) -> {
            if (at < until) {
                stream.records.addAll(records);
            }
        });
        return stream;
    }

    /// What a race with another number, or of another time, would be; nothing of it is written.
    List<StreamRecord> imagine(long number, long at, MarketSnapshot snapshot) {
        var kept = new TreeMap<>(written);
        var next = sequence;
        written.clear();
        sequence = number;
        race(at, "getBalance", Terms.standard(3), snapshot, RacePlan.CONFIRMED);
        var imagined = written.values().stream().flatMap(List::stream).toList();
        written.clear();
        written.putAll(kept);
        sequence = next;
        return imagined;
    }

    void race(long at, String methodName, Terms terms, MarketSnapshot snapshot, RacePlan plan) {
        var method = SolanaMethods.find(methodName).orElseThrow();
        var epoch = at / parameters.epoch().toMillis();
        var request = "{\"jsonrpc\":\"2.0\",\"id\":" + sequence + ",\"method\":\"" + methodName + "\",\"params\":"
                + params(name, sequence) + "}";
        var requestHash = Sha256.of(request.getBytes(StandardCharsets.UTF_8));
        var numbers = RaceRandomness.of(
                secret(epoch), new RaceAddress(name.router(), name.incarnation(), sequence), requestHash);
        var field = field(snapshot, method, terms);
        var drawn = Draw.of(field, method, terms, parameters, numbers, usability);
        var stages = Stages.of(drawn, method, terms);
        var skipped = new ArrayList<>(drawn.skipped());
        var placed = new ArrayList<>(stages.first());
        var rounds = new ArrayList<Integer>();
        stages.first().forEach(_ -> rounds.add(0));
        if (plan == RacePlan.LATER_PLACES || plan == RacePlan.SECOND_DRAW || plan == RacePlan.NO_ANSWER) {
            placed.addAll(stages.later());
            stages.later().forEach(_ -> rounds.add(0));
        }
        var order = method.delivery() == SolanaMethod.Delivery.ALL_RACERS
                ? Arrays.stream(Draw.submitOrder(drawn.racing().size(), numbers))
                        .boxed()
                        .toList()
                : List.<Integer>of();
        if ((plan == RacePlan.SECOND_DRAW || plan == RacePlan.NO_ANSWER)
                && method.delivery() != SolanaMethod.Delivery.ONE
                && !drawn.racing().isEmpty()) {
            var again = again(snapshot, field, method, terms, drawn, numbers);
            skipped.addAll(again.skipped());
            placed.addAll(again.places());
            again.places().forEach(_ -> rounds.add(1));
        }
        var race = new Race(
                sequence++,
                at,
                epoch,
                snapshot.hash(),
                parameters.version(),
                methodName,
                method.queryClass(),
                HEX.formatHex(requestHash),
                terms,
                -1);
        write(race, method, new Course(plan, drawn, placed, rounds, skipped, order));
    }

    /// What the customer of a race sent.
    static String params(StreamName router, long sequence) {
        return "[ \"wallet " + router + "\", {\"race\":" + sequence + "} ]";
    }

    private Drawn again(
            MarketSnapshot snapshot,
            Field field,
            SolanaMethod method,
            Terms terms,
            Drawn drawn,
            RaceRandomness numbers) {
        var asked = drawn.places().stream()
                .map(place -> snapshot.operator(place.node().operatorId()).countsAs())
                .collect(Collectors.toSet());
        var reserved = drawn.racing().stream()
                .mapToLong(place -> place.ask().priceNano())
                .max()
                .orElseThrow();
        var ceiling = terms.maxPriceNano().orElse(field.medianAsk().orElseThrow() * parameters.defaultCeilingFactor());
        var others = new Terms(
                terms.prefer(),
                OptionalLong.of(Math.min(ceiling, reserved)),
                terms.maxLatencyMs(),
                terms.racers(),
                terms.stagedRacers(),
                terms.quorum(),
                terms.only(),
                Stream.concat(
                                terms.exclude().stream(),
                                snapshot.operators().stream()
                                        .filter(operator -> asked.contains(operator.countsAs()))
                                        .map(operator -> operator.id()))
                        .distinct()
                        .toList());
        var left = Field.of(snapshot, parameters, method.queryClass(), others);
        return left.isEmpty()
                ? new Drawn(List.of(), List.of(), false, false)
                : Draw.again(left, method, others, parameters, numbers, usability, asked);
    }

    private void write(Race race, SolanaMethod method, Course course) {
        var winner = winner(course, race.terms());
        var latency = latencyMicros(race, course, winner);
        var outcome = outcome(race, method, course, winner, latency);
        var answered = new Answered(
                race,
                new Asked(course.places(), course.skipped, course.drawn.checked(), course.drawn.unvoted(), Set.of()),
                outcome,
                privatePart());
        var ended = race.occurredAt() + latency / 1_000;
        write(ended, answered);
        var results = results(method, course, winner, latency);
        var verifiedAt = ended + 20 + random.nextInt(1_500);
        write(
                verifiedAt,
                new Verified(
                        race.sequence(),
                        verifiedAt,
                        race.method(),
                        race.queryClass(),
                        race.parametersVersion(),
                        status(method, course, winner, results),
                        outcome.feeNano(),
                        course.drawn.unvoted(),
                        results,
                        course.plan == RacePlan.LARGE && winner >= 0 ? Sha256.hex(new byte[] {1}) : null));
    }

    private static int winner(Course course, Terms terms) {
        if (course.placed.isEmpty() || course.plan == RacePlan.NO_ANSWER) {
            return -1;
        }
        if (course.plan == RacePlan.SECOND_DRAW) {
            return indexOf(course, 1, Place.RACING);
        }
        if (course.plan == RacePlan.CHECKER_WINS && course.drawn.checked()) {
            var dearest = course.drawn.racing().stream()
                    .mapToLong(place -> place.ask().priceNano())
                    .max()
                    .orElse(0);
            for (var i = 0; i < course.placed.size(); i++) {
                var placed = course.placed.get(i);
                if (placed.place() == Place.CHECKING
                        && placed.ask().priceNano()
                                <= Math.min(dearest, terms.maxPriceNano().orElse(Long.MAX_VALUE))
                        && terms.allows(placed.node().operatorId())) {
                    return i;
                }
            }
        }
        if (!course.order.isEmpty()) {
            return course.order.getFirst();
        }
        return indexOf(course, 0, Place.RACING);
    }

    private static int indexOf(Course course, int round, Place place) {
        for (var i = 0; i < course.placed.size(); i++) {
            if (course.rounds.get(i) == round && course.placed.get(i).place() == place) {
                return i;
            }
        }
        return -1;
    }

    private long latencyMicros(Race race, Course course, int winner) {
        if (winner < 0) {
            return 9_000_000;
        }
        var limit = race.terms()
                .maxLatencyMs()
                .orElse(course.placed.get(winner).ask().guaranteedLatencyMs());
        return switch (course.plan) {
            case LATE, LATE_BY_ROUTER -> limit * 1_000L + 1 + random.nextInt(50_000);
            default -> 1_000 + random.nextInt(limit * 1_000 - 1_000);
        };
    }

    private static Outcome outcome(Race race, SolanaMethod method, Course course, int winner, long latency) {
        if (winner < 0) {
            return new Outcome(-1, latency, -1, 0, 0, RefundReason.NO_ANSWER, null, false);
        }
        var ask = course.placed.get(winner).ask();
        var limit = race.terms().maxLatencyMs().orElse(ask.guaranteedLatencyMs());
        var met = latency <= limit * 1_000L;
        var large = course.plan == RacePlan.LARGE || course.plan == RacePlan.BROKEN_OFF;
        if (method.heavy() || large) {
            return new Outcome(winner, latency, 17, ask.priceNano(), ask.priceNano(), null, null, false);
        }
        var byRouter = course.rounds.get(winner) > 0 || course.plan == RacePlan.LATE_BY_ROUTER;
        return new Outcome(
                winner,
                latency,
                17,
                ask.priceNano(),
                met ? ask.priceNano() : 0,
                met ? null : RefundReason.SLA_MISSED,
                new Sla(limit, race.terms().maxLatencyMs().isPresent(), met),
                !met && byRouter);
    }

    private List<Result> results(SolanaMethod method, Course course, int winner, long latency) {
        var results = new ArrayList<Result>();
        var votes = 0;
        for (var i = 0; i < course.placed.size(); i++) {
            var placed = course.placed.get(i);
            if (i == winner) {
                var broke = course.plan == RacePlan.BROKEN_OFF;
                var own = course.plan == RacePlan.LATE_BY_ROUTER ? 1_000 : latency;
                results.add(result(
                        placed,
                        own,
                        broke ? PlaceOutcome.FAILURE : PlaceOutcome.ANSWER,
                        Verdict.WINS,
                        broke ? Reason.BROKEN_OFF : null));
            } else if (winner < 0 || course.failsAll(i, winner)) {
                results.add(result(placed, -1, PlaceOutcome.FAILURE, Verdict.FAILED, Reason.CONNECT));
            } else if (placed.place() == Place.CHECKING) {
                results.add(result(
                        placed,
                        latency + 5_000,
                        PlaceOutcome.ANSWER,
                        vote(method, course, votes++),
                        Reason.NOT_RACING));
            } else if (random.nextInt(20) == 0) {
                results.add(result(placed, -1, null, Verdict.LATE, null));
            } else {
                var accepted = !course.order.isEmpty();
                results.add(result(
                        placed,
                        latency + 3_000,
                        PlaceOutcome.ANSWER,
                        Verdict.UNJUDGED,
                        accepted ? Reason.DRAWN_LATER : Reason.LATER));
            }
        }
        return results;
    }

    private static Verdict vote(SolanaMethod method, Course course, int vote) {
        return switch (course.plan) {
            case CONTRADICTED -> method.finality() ? Verdict.AGREES : Verdict.DISAGREES;
            case DISPUTED -> method.finality() ? Verdict.DISAGREES : Verdict.AGREES;
            case INCONCLUSIVE -> vote == 0 ? Verdict.DISAGREES : Verdict.AGREES;
            default -> Verdict.AGREES;
        };
    }

    private static Result result(
            Placed placed, long latency, @Nullable PlaceOutcome outcome, Verdict verdict, @Nullable Reason reason) {
        return new Result(
                placed.node().id(),
                placed.node().operatorId(),
                placed.place(),
                latency,
                outcome,
                verdict,
                -1,
                false,
                reason);
    }

    /// By the words of the protocol, not by the verifier's.
    private static RaceStatus status(SolanaMethod method, Course course, int winner, List<Result> results) {
        if (winner < 0 || results.get(winner).outcome() == PlaceOutcome.FAILURE) {
            return RaceStatus.NO_ANSWER;
        }
        if (!course.drawn.checked() || course.drawn.unvoted()) {
            return RaceStatus.UNVERIFIED;
        }
        var votes = new ArrayList<Verdict>();
        for (var i = 0; i < results.size(); i++) {
            if (i != winner && results.get(i).place() == Place.CHECKING) {
                votes.add(results.get(i).verdict());
            }
        }
        var against = votes.stream().filter(Verdict.DISAGREES::equals).count();
        if (against == 0) {
            return votes.contains(Verdict.AGREES) ? RaceStatus.CONFIRMED : RaceStatus.UNVERIFIED;
        }
        if (against < 2 || votes.contains(Verdict.AGREES)) {
            return RaceStatus.INCONCLUSIVE;
        }
        return method.finality() ? RaceStatus.DISPUTED : RaceStatus.CONTRADICTED;
    }

    private PrivatePart privatePart() {
        var salt = new byte[16];
        random.nextBytes(salt);
        return new PrivatePart(HEX.formatHex(salt), "account", "key", new UUID(1, 2), 0, null, 0);
    }

    private Field field(MarketSnapshot snapshot, SolanaMethod method, Terms terms) {
        return fields.computeIfAbsent(
                new FieldOf(snapshot.hash(), method.queryClass().wireName(), terms),
                _ -> Field.of(snapshot, parameters, method.queryClass(), terms));
    }

    /// Skips a share of the draws of an operator.
    static Usability skipping(Map<OperatorId, Double> shares, SkipReason reason, Random random) {
        return (node, _, place) ->
                place != Place.SHADOW && random.nextDouble() < shares.getOrDefault(node.operatorId(), 0.0)
                        ? reason
                        : null;
    }

    private record FieldOf(String snapshot, String queryClass, Terms terms) {}

    /// @param rounds of the places
    private record Course(
            RacePlan plan,
            Drawn drawn,
            List<Placed> placed,
            List<Integer> rounds,
            List<Skipped> skipped,
            List<Integer> order) {

        List<AskedPlace> places() {
            var places = new ArrayList<AskedPlace>();
            for (var i = 0; i < placed.size(); i++) {
                var place = placed.get(i);
                places.add(new AskedPlace(place.node().id(), place.node().operatorId(), place.place(), rounds.get(i)));
            }
            return places;
        }

        /// Whether the place failed so that the winner could win.
        boolean failsAll(int place, int winner) {
            return switch (plan) {
                case SECOND_DRAW -> rounds.get(place) == 0;
                case CHECKER_WINS ->
                    placed.get(winner).place() == Place.CHECKING
                            && placed.get(place).place().races();
                default -> false;
            };
        }
    }
}
