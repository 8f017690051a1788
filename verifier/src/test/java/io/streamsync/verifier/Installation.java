package io.streamsync.verifier;

import io.streamsync.protocol.draw.Preference;
import io.streamsync.protocol.draw.SkipReason;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.draw.Usability;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.StreamRecord.EpochEnded;
import io.streamsync.protocol.record.StreamRecord.LeaseClosed;
import io.streamsync.protocol.record.StreamRecord.PrivatePart;
import io.streamsync.protocol.record.StreamRecord.StreamEnded;
import io.streamsync.protocol.record.StreamRecord.SubscriptionCharged;
import io.streamsync.protocol.settlement.Leaf;
import io.streamsync.verifier.publication.EpochPage.Taken;
import io.streamsync.verifier.publication.StreamName;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/// A whole honest market over three windows, by the protocol's own rules: two routers, of which one dies in the middle
/// and starts anew, and customers with all kinds of wishes.
final class Installation {

    static final long BEFORE = 5_900_000;
    static final long WINDOW = BEFORE + 1;
    static final long AFTER = BEFORE + 2;

    static final StreamName DYING = new StreamName(1, 2);
    static final StreamName RESTARTED = new StreamName(1, 3);
    static final StreamName STEADY = new StreamName(2, 1);

    private static final String[] METHODS = {
        "getBalance",
        "getAccountInfo",
        "getMultipleAccounts",
        "getProgramAccounts",
        "getGenesisHash",
        "getBlockTime",
        "getHealth",
        "sendTransaction",
        "requestAirdrop",
        "getSlot"
    };

    final Parameters parameters;
    final KeyPair key = newKey();
    final List<MarketSnapshot> snapshots;
    final List<TestRouter> routers = new ArrayList<>();
    final List<TestStream> streams = new ArrayList<>();
    private final Random random;
    private final long length;
    private final Usability usability;

    /// @param pauseMillis between two races of a router
    Installation(long seed, int pauseMillis) {
        this(seed, pauseMillis, Map.of());
    }

    /// @param skippedByTheFirst shares of draws in which router 1 skips an operator beyond what everybody skips
    Installation(long seed, int pauseMillis, Map<OperatorId, Double> skippedByTheFirst) {
        this.random = new Random(seed);
        this.parameters = Parameters.defaults().with(Map.of("explorationProbability", 150_000));
        this.length = parameters.epoch().toMillis();
        this.snapshots = List.of(Asks.snapshot(parameters, 0), Asks.snapshot(parameters, 300));
        this.usability =
                TestRouter.skipping(Map.of(Asks.operator(1), 0.1, Asks.operator(4), 0.02), SkipReason.CAPACITY, random);
        var singling = TestRouter.skipping(skippedByTheFirst, SkipReason.CAPACITY, random);
        Usability first = (node, ask, place) -> {
            var reason = usability.skips(node, ask, place);
            return reason == null ? singling.skips(node, ask, place) : reason;
        };
        var diesAt = WINDOW * length + length / 2;
        var restartsAt = diesAt + 20_000;
        var dying = new TestRouter(DYING, parameters, random, first);
        var restarted = new TestRouter(RESTARTED, parameters, random, first);
        var steady = new TestRouter(STEADY, parameters, random, usability);
        trade(dying, BEFORE * length + 100, diesAt, pauseMillis);
        trade(restarted, restartsAt, (AFTER + 1) * length, pauseMillis);
        trade(steady, BEFORE * length + 50, (AFTER + 1) * length, pauseMillis);
        routers.addAll(List.of(dying, restarted, steady));
        var dead = dying.stream(diesAt);
        dead.records.add(new StreamEnded(restartsAt));
        streams.add(dead);
        streams.add(restarted.stream(Long.MAX_VALUE));
        streams.add(steady.stream(Long.MAX_VALUE));
    }

    Published publish() {
        return new Published(this, UnaryOperator.identity());
    }

    TestRouter router(StreamName name) {
        return routers.stream()
                .filter(router -> router.name.equals(name))
                .findFirst()
                .orElseThrow();
    }

    TestStream stream(StreamName name) {
        return streams.stream()
                .filter(stream -> stream.name.equals(name))
                .findFirst()
                .orElseThrow();
    }

    List<Long> windows() {
        return LongStream.rangeClosed(BEFORE, AFTER).boxed().toList();
    }

    List<Leaf> leaves(long epoch) {
        var leaves = new ArrayList<Leaf>();
        streams.forEach(stream -> leaves.addAll(stream.leaves(epoch)));
        return leaves;
    }

    /// What all routers work from, as they tell it when an epoch begins and when there is another.
    List<Taken> taken(long epoch) {
        var begin = epoch * length;
        var first = new Taken(snapshots.get(begin < secondFrom() ? 0 : 1).hash(), Instant.ofEpochMilli(begin));
        return secondFrom() > begin && secondFrom() < begin + length
                ? List.of(first, new Taken(snapshots.get(1).hash(), Instant.ofEpochMilli(secondFrom())))
                : List.of(first);
    }

    private long secondFrom() {
        return WINDOW * length + 60_000;
    }

    private void trade(TestRouter router, long from, long to, int pauseMillis) {
        for (var at = from; at < to; at += 1 + random.nextInt(2 * pauseMillis)) {
            var method = METHODS[random.nextInt(METHODS.length)];
            router.race(at, method, terms(), snapshots.get(at < secondFrom() ? 0 : 1), plan(method));
        }
        subscribe(router, from + 5_000, to);
        for (var epoch = BEFORE; epoch <= AFTER; epoch++) {
            var end = (epoch + 1) * length;
            if (end > from && end <= to) {
                router.write(end + 3, new EpochEnded(epoch, end + 3));
            }
        }
    }

    /// An ask to open it, then a hundredth of one for each notification; below the node's ask, as its customer's
    /// ceiling.
    private void subscribe(TestRouter router, long from, long to) {
        var id = "%032x".formatted(router.name.router() * 100 + router.name.incarnation());
        var carried = 0L;
        for (var at = from; at < to; at += 7_000) {
            var opened = at == from;
            var notifications = opened ? 0 : 1 + random.nextInt(40);
            var parts = 1_977L * notifications + carried;
            carried = opened ? 0 : parts % 100;
            router.write(
                    at,
                    new SubscriptionCharged(
                            id,
                            at,
                            at / length,
                            parameters.version(),
                            "accountSubscribe",
                            snapshots.getFirst().nodes().getFirst().id(),
                            snapshots.getFirst().nodes().getFirst().operatorId(),
                            1_977,
                            opened,
                            notifications,
                            opened ? 1_977 : parts / 100,
                            new PrivatePart("00".repeat(16), "account", "key", new UUID(3, 4), 0, null, 0)));
            router.write(at + 1, new LeaseClosed(new UUID(5, at), 17));
        }
    }

    private RacePlan plan(String method) {
        if (method.equals("sendTransaction")) {
            return random.nextInt(10) == 0 ? RacePlan.NO_ANSWER : RacePlan.SUBMITTED;
        }
        var plans = RacePlan.values();
        var plan = random.nextInt(3) == 0 ? plans[random.nextInt(plans.length)] : RacePlan.CONFIRMED;
        return plan == RacePlan.SUBMITTED || (method.equals("requestAirdrop") && plan == RacePlan.SECOND_DRAW)
                ? RacePlan.CONFIRMED
                : plan;
    }

    private Terms terms() {
        return switch (random.nextInt(8)) {
            case 0 -> terms(Preference.CHEAPEST, OptionalLong.of(6_500), OptionalInt.empty(), 3, 0);
            case 1 -> terms(Preference.FASTEST, OptionalLong.empty(), OptionalInt.of(90), 2, 0);
            case 2 -> terms(Preference.BALANCED, OptionalLong.empty(), OptionalInt.empty(), 2, 2);
            case 3 -> terms(Preference.BALANCED, OptionalLong.empty(), OptionalInt.empty(), 1, 4);
            case 4 ->
                new Terms(
                        Preference.BALANCED,
                        OptionalLong.empty(),
                        OptionalInt.empty(),
                        3,
                        0,
                        false,
                        List.of(Asks.operator(0), Asks.operator(2), Asks.operator(5)),
                        List.of());
            default -> Terms.standard(3);
        };
    }

    private static Terms terms(
            Preference prefer, OptionalLong maxPrice, OptionalInt maxLatency, int racers, int staged) {
        return new Terms(prefer, maxPrice, maxLatency, racers, staged, false, List.of(), List.of());
    }

    static KeyPair newKey() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has Ed25519", impossible);
        }
    }
}
