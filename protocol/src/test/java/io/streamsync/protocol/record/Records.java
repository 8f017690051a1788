package io.streamsync.protocol.record;

import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.draw.Preference;
import io.streamsync.protocol.draw.SkipReason;
import io.streamsync.protocol.draw.Skipped;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.record.StreamRecord.Answered;
import io.streamsync.protocol.record.StreamRecord.Asked;
import io.streamsync.protocol.record.StreamRecord.AskedPlace;
import io.streamsync.protocol.record.StreamRecord.EpochEnded;
import io.streamsync.protocol.record.StreamRecord.LeaseClosed;
import io.streamsync.protocol.record.StreamRecord.Outcome;
import io.streamsync.protocol.record.StreamRecord.PlaceOutcome;
import io.streamsync.protocol.record.StreamRecord.PrivatePart;
import io.streamsync.protocol.record.StreamRecord.Race;
import io.streamsync.protocol.record.StreamRecord.Reason;
import io.streamsync.protocol.record.StreamRecord.RefundReason;
import io.streamsync.protocol.record.StreamRecord.Result;
import io.streamsync.protocol.record.StreamRecord.Sla;
import io.streamsync.protocol.record.StreamRecord.StreamEnded;
import io.streamsync.protocol.record.StreamRecord.SubscriptionCharged;
import io.streamsync.protocol.record.StreamRecord.Verdict;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.verification.RaceStatus;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Records for tests: an ordinary race, and any record a seed can think of.
public final class Records {

    private static final SkipReason[] DESPITE = {SkipReason.CIRCUIT_OPEN, SkipReason.CAPACITY};

    private final Random random;

    public Records(long seed) {
        random = new Random(seed);
    }

    /// Three race, two check; the second place won within its own guarantee.
    public static Answered ordinary() {
        var places = List.of(
                place("node-a1", "operator-a", Place.RACING),
                place("node-b1", "operator-b", Place.RACING),
                place("node-c2", "operator-c", Place.EXPLORING),
                place("node-d1", "operator-d", Place.CHECKING),
                place("node-e1", "operator-e", Place.CHECKING));
        return new Answered(
                new Race(
                        41,
                        1_795_350_000_123L,
                        5_984_500,
                        "0f".repeat(32),
                        "1",
                        "getAccountInfo",
                        QueryClass.LOOKUP,
                        "a5".repeat(32),
                        Terms.standard(3),
                        -1),
                new Asked(
                        places,
                        List.of(new Skipped(new NodeId("node-f1"), new OperatorId("operator-f"), SkipReason.CAPACITY)),
                        true,
                        false),
                new Outcome(1, 12_345, 312_345_678, 4_000, 4_000, null, new Sla(50, false, true), false),
                new PrivatePart(
                        "00112233445566778899aabbccddeeff",
                        "account-1",
                        "key-1",
                        UUID.fromString("0e2f1c9a-7f0e-4f5e-9f59-6a3f1f1c0d11"),
                        164_000,
                        null,
                        0));
    }

    /// A refused SLA, a failed checker, terms that say everything, a batch.
    public static Answered unusual() {
        return new Answered(
                new Race(
                        RaceAddress.MAX_SEQUENCE,
                        1_795_350_000_456L,
                        5_984_501,
                        "ff".repeat(32),
                        "1+0a1b2c3d",
                        "getProgramAccounts",
                        QueryClass.SCAN,
                        "00".repeat(32),
                        new Terms(
                                Preference.CHEAPEST,
                                OptionalLong.of(9_000),
                                OptionalInt.of(250),
                                2,
                                1,
                                true,
                                List.of(new OperatorId("operator-a"), new OperatorId("operator-b")),
                                List.of(new OperatorId("operator-x"))),
                        312_345_600),
                new Asked(
                        List.of(place("node-a1", "operator-a", Place.RACING)),
                        List.of(),
                        false,
                        true,
                        Set.of(SkipReason.CIRCUIT_OPEN, SkipReason.CAPACITY)),
                new Outcome(0, 900_000, -1, 8_000, 0, RefundReason.SLA_MISSED, new Sla(250, true, false), true),
                new PrivatePart("ff".repeat(16), "account-2", "key-2", null, 0, "batch-9", 7));
    }

    public static Verified verified() {
        return new Verified(
                41,
                1_795_350_002_200L,
                "getAccountInfo",
                QueryClass.LOOKUP,
                "1",
                RaceStatus.CONFIRMED,
                4_000,
                false,
                List.of(
                        result("node-a1", "operator-a", Place.RACING, Verdict.AGREES, PlaceOutcome.ANSWER),
                        result("node-b1", "operator-b", Place.RACING, Verdict.WINS, PlaceOutcome.ANSWER),
                        result("node-d1", "operator-d", Place.CHECKING, Verdict.FAILED, PlaceOutcome.FAILURE),
                        result("node-e1", "operator-e", Place.CHECKING, Verdict.LATE, null)));
    }

    /// The same race, by a router that says why who did not win did not.
    public static Verified explained() {
        var verified = verified();
        var reasons = Arrays.asList(Reason.BEHIND, null, Reason.NODE_FAULT, null);
        return new Verified(
                verified.sequence(),
                verified.occurredAt(),
                verified.method(),
                verified.queryClass(),
                verified.parametersVersion(),
                verified.status(),
                verified.feeNano(),
                verified.unvoted(),
                IntStream.range(0, reasons.size())
                        .mapToObj(i -> because(verified.results().get(i), reasons.get(i)))
                        .toList());
    }

    private static Result because(Result result, @Nullable Reason reason) {
        return new Result(
                result.nodeId(),
                result.operatorId(),
                result.place(),
                result.latencyMicros(),
                result.outcome(),
                result.verdict(),
                result.slot(),
                result.counts(),
                reason);
    }

    /// A large answer that two gave alike and one broke off.
    public static Verified verifiedLarge() {
        return new Verified(
                42,
                1_795_350_003_300L,
                "getProgramAccounts",
                QueryClass.SCAN,
                "1",
                RaceStatus.CONFIRMED,
                8_000,
                false,
                List.of(
                        result("node-a1", "operator-a", Place.RACING, Verdict.WINS, PlaceOutcome.ANSWER),
                        result("node-b1", "operator-b", Place.CHECKING, Verdict.AGREES, PlaceOutcome.ANSWER),
                        result("node-c1", "operator-c", Place.CHECKING, Verdict.FAILED, PlaceOutcome.FAILURE)),
                "5c".repeat(32));
    }

    public static LeaseClosed leaseClosed() {
        return new LeaseClosed(UUID.fromString("0e2f1c9a-7f0e-4f5e-9f59-6a3f1f1c0d11"), 164_000);
    }

    public static EpochEnded epochEnded() {
        return new EpochEnded(5_984_500, 1_795_350_300_000L);
    }

    public static StreamEnded streamEnded() {
        return new StreamEnded(1_795_350_400_000L);
    }

    /// The opening of one.
    public static SubscriptionCharged subscriptionOpened() {
        return subscription(true, 0, 4_000, 168_000);
    }

    /// Its notifications of a second.
    public static SubscriptionCharged subscriptionNotified() {
        return subscription(false, 33, 1_320, 169_320);
    }

    private static SubscriptionCharged subscription(boolean opened, long notifications, long fee, long cumulative) {
        return new SubscriptionCharged(
                "5e".repeat(16),
                1_795_350_003_000L,
                5_984_500,
                "1",
                "accountSubscribe",
                new NodeId("node-b1"),
                new OperatorId("operator-b"),
                4_000,
                opened,
                notifications,
                fee,
                new PrivatePart(
                        "00112233445566778899aabbccddeeff",
                        "account-1",
                        "key-1",
                        UUID.fromString("0e2f1c9a-7f0e-4f5e-9f59-6a3f1f1c0d11"),
                        cumulative,
                        null,
                        0));
    }

    private static AskedPlace place(String node, String operator, Place place) {
        return new AskedPlace(new NodeId(node), new OperatorId(operator), place, 0);
    }

    private static Result result(
            String node, String operator, Place place, Verdict verdict, @Nullable PlaceOutcome outcome) {
        return new Result(
                new NodeId(node),
                new OperatorId(operator),
                place,
                outcome == null ? -1 : 12_345,
                outcome,
                verdict,
                outcome == PlaceOutcome.ANSWER ? 312_345_678 : -1,
                outcome == PlaceOutcome.FAILURE);
    }

    /// Any record.
    public StreamRecord any() {
        return switch (random.nextInt(6)) {
            case 0 -> new LeaseClosed(new UUID(random.nextLong(), random.nextLong()), random.nextLong());
            case 1 -> new EpochEnded(random.nextLong(), random.nextLong());
            case 2 -> new StreamEnded(random.nextLong());
            case 3 -> anyVerified();
            case 4 -> anySubscription();
            default -> anyAnswered();
        };
    }

    private Answered anyAnswered() {
        var places = listOf(
                12,
                () -> new AskedPlace(
                        new NodeId(id()), new OperatorId(id()), oneOf(Place.values()), random.nextInt(256)));
        return new Answered(
                new Race(
                        random.nextLong() >>> 16,
                        random.nextLong(),
                        random.nextLong(),
                        hex(32),
                        text(),
                        text(),
                        oneOf(QueryClass.values()),
                        hex(32),
                        terms(),
                        random.nextLong()),
                new Asked(
                        places,
                        listOf(
                                20,
                                () -> new Skipped(new NodeId(id()), new OperatorId(id()), oneOf(SkipReason.values()))),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextBoolean() ? Set.of() : Set.of(oneOf(DESPITE))),
                new Outcome(
                        random.nextInt(places.size() + 1) - 1,
                        random.nextLong(),
                        random.nextLong(),
                        random.nextLong(),
                        random.nextLong(),
                        maybe(oneOf(RefundReason.values())),
                        maybe(new Sla(random.nextInt(60_000), random.nextBoolean(), random.nextBoolean())),
                        random.nextBoolean()),
                privatePart());
    }

    private SubscriptionCharged anySubscription() {
        return new SubscriptionCharged(
                hex(16),
                random.nextLong(),
                random.nextLong(),
                text(),
                text(),
                new NodeId(id()),
                new OperatorId(id()),
                random.nextLong(),
                random.nextBoolean(),
                random.nextLong() >>> 1,
                random.nextLong() >>> 1,
                privatePart());
    }

    private PrivatePart privatePart() {
        return new PrivatePart(
                hex(16),
                id(),
                id(),
                maybe(new UUID(random.nextLong(), random.nextLong())),
                random.nextLong(),
                maybe(text()),
                random.nextInt());
    }

    private Verified anyVerified() {
        var reasons = random.nextBoolean();
        return new Verified(
                random.nextLong() >>> 16,
                random.nextLong(),
                text(),
                oneOf(QueryClass.values()),
                text(),
                oneOf(RaceStatus.values()),
                random.nextLong(),
                random.nextBoolean(),
                listOf(
                        12,
                        () -> new Result(
                                new NodeId(id()),
                                new OperatorId(id()),
                                oneOf(Place.values()),
                                random.nextLong(),
                                maybe(oneOf(PlaceOutcome.values())),
                                oneOf(Verdict.values()),
                                random.nextLong(),
                                random.nextBoolean(),
                                reasons ? maybe(oneOf(Reason.values())) : null)),
                maybe(hex(32)));
    }

    private Terms terms() {
        var racers = 1 + random.nextInt(5);
        return new Terms(
                oneOf(Preference.values()),
                random.nextBoolean() ? OptionalLong.of(random.nextLong()) : OptionalLong.empty(),
                random.nextBoolean() ? OptionalInt.of(random.nextInt(Integer.MAX_VALUE)) : OptionalInt.empty(),
                racers,
                random.nextInt(6 - racers),
                random.nextBoolean(),
                listOf(4, () -> new OperatorId(id())),
                listOf(4, () -> new OperatorId(id())));
    }

    private <T> List<T> listOf(int most, Supplier<T> element) {
        return Stream.generate(element).limit(random.nextInt(most + 1)).toList();
    }

    private <T> @Nullable T maybe(T value) {
        return random.nextBoolean() ? value : null;
    }

    private <T> T oneOf(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private String id() {
        return letters("abcXYZ019_-", 1 + random.nextInt(64));
    }

    private String text() {
        return letters("aZ09+ éß😀\u0000\"\\", random.nextInt(40));
    }

    private String letters(String alphabet, int count) {
        var letters = alphabet.codePoints().toArray();
        var text = new StringBuilder();
        for (var i = 0; i < count; i++) {
            text.appendCodePoint(letters[random.nextInt(letters.length)]);
        }
        return text.toString();
    }

    private String hex(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
