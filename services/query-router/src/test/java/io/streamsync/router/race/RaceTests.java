package io.streamsync.router.race;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.streamsync.protocol.draw.Draw;
import io.streamsync.protocol.draw.Drawn;
import io.streamsync.protocol.draw.Field;
import io.streamsync.protocol.draw.RaceRandomness;
import io.streamsync.protocol.draw.SkipReason;
import io.streamsync.protocol.draw.Skipped;
import io.streamsync.protocol.draw.Stages;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.draw.Usability;
import io.streamsync.protocol.market.Ask;
import io.streamsync.protocol.market.ListedNode;
import io.streamsync.protocol.market.ListedOperator;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.NodeState;
import io.streamsync.protocol.market.Offer;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.market.SolanaMethods;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.RaceAddress;
import io.streamsync.protocol.record.RaceIds;
import io.streamsync.protocol.record.StreamRecord.Answered;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.router.access.BookedCredit;
import io.streamsync.router.access.Credential;
import io.streamsync.router.access.CreditLeases;
import io.streamsync.router.access.Credits;
import io.streamsync.router.access.LeaseState;
import io.streamsync.router.access.Reservation;
import io.streamsync.router.flow.Flows;
import io.streamsync.router.journal.Incarnation;
import io.streamsync.router.journal.Journal;
import io.streamsync.router.journal.Journals;
import io.streamsync.router.journal.TroubledJournal;
import io.streamsync.router.jsonrpc.Call;
import io.streamsync.router.jsonrpc.Refusal;
import io.streamsync.router.jsonrpc.RefusalCode;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.market.MarketView;
import io.streamsync.router.market.Views;
import io.streamsync.router.node.HonestResults;
import io.streamsync.router.node.Loop;
import io.streamsync.router.node.NodeClient;
import io.streamsync.router.node.ScriptedNode;
import io.streamsync.router.node.Upstream;
import io.streamsync.router.node.Upstreams;
import io.streamsync.router.publication.ScriptedBilling;
import io.streamsync.router.tip.Sessions;
import io.streamsync.router.tip.Tips;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Races of nodes that nobody runs, down to their records.
@SuppressWarnings("FutureReturnValueIgnored") // of event loops: what matters comes as a record
class RaceTests {

    private static final SolanaMethod BALANCE = SolanaMethods.find("getBalance").orElseThrow();
    private static final SolanaMethod AIRDROP =
            SolanaMethods.find("requestAirdrop").orElseThrow();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Parameters PARAMETERS = Parameters.defaults().with(Map.of("deadline", "30s"));
    private static final Terms TERMS = Terms.standard(3);

    /// Of a customer whose answer is in time on any machine.
    private static final Terms PATIENT = new Terms(
            TERMS.prefer(),
            TERMS.maxPriceNano(),
            OptionalInt.of(60_000),
            TERMS.racers(),
            0,
            false,
            List.of(),
            List.of());

    private static final long PRICE = 1_000;
    private static final byte[] SECRET = new byte[32];
    private static final byte[] HASH = new byte[32];
    private static final RaceAddress ADDRESS = new RaceAddress(7, 1, 0);

    @TempDir
    Path directory;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Loop loop = new Loop(group.next(), NioSocketChannel.class);
    private final ScriptedBilling billing = new ScriptedBilling(_ -> new ScriptedBilling.Answer(503, "{}"));
    private final RouterLog log = new RouterLog();
    private final OpenRaces open = new OpenRaces();
    private final Flows flows = Flows.of(1_000, Duration.ofSeconds(1), Duration.ofMinutes(1), log);
    private final Tips tips = new Tips(PARAMETERS);
    private final RaceIds ids = RaceIds.of(new byte[16]);
    private final Payloads payloads =
            new Payloads(1 << 20, ids, new Incarnation(ADDRESS.router(), ADDRESS.incarnation()), () -> Instant.EPOCH);
    private final Map<NodeId, Upstream> upstreams = new HashMap<>();
    private final TroubledJournal troubled = new TroubledJournal();
    private @Nullable Journal journal;

    @AfterEach
    void stop() throws IOException {
        group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        flows.close();
        billing.close();
        troubled.release();
        if (journal != null) {
            journal.close();
        }
    }

    @Test
    void recordsARaceThatHasItsNumberAlsoWhenTheJournalIsFullSince() throws IOException {
        var full = Journals.full(directory, 1);
        journal = full;
        Awaitility.await().until(() -> full.position() > 0);
        var before = full.position();

        run(full, lineup(view(market(9)), new Drawn(List.of(), List.of(), false, false), false));

        assertThat(full.accepts()).isFalse();
        Awaitility.await().until(() -> full.position() == before + 2);
        assertThat(open.awaitNone(Duration.ofSeconds(30))).isZero();
    }

    @Test
    void recordsARaceWhoseAskingBreaks() throws IOException {
        journal = Journals.open(directory, 1);
        var view = Views.of(market(9), Map.of());
        var drawn = draw(view, Usability.ALL);

        var response = run(journal, lineup(view, drawn, true));

        assertThat(response.status()).isEqualTo(RefusalCode.NO_ANSWER.status());
        assertThat(answered(journal).outcome().winner()).isEqualTo(-1);
        assertThat(open.awaitNone(Duration.ofSeconds(30))).isZero();
    }

    @Test
    void endsARaceWhoseAnswerBreaksWhoeverGetsIt() throws IOException {
        journal = Journals.open(directory, 1);
        var lineup = lineup(view(market(9)), new Drawn(List.of(), List.of(), false, false), false);
        var race = new Race(
                track(journal, Credits.none(journal, billing)), lineup, null, Refusal.of(RefusalCode.NO_ANSWER), _ -> {
                    throw new IllegalStateException("gone");
                });

        loop.events().execute(race::start);

        assertThat(answered(journal).outcome().winner()).isEqualTo(-1);
        assertThat(open.awaitNone(Duration.ofSeconds(30))).isZero();
    }

    @Test
    void recordsWhatReplaysBothDraws() throws IOException {
        journal = Journals.open(directory, 1);
        var snapshot = market(20);
        var view = view(snapshot);
        // every other node is busy, as first and second draw find out
        var busy = snapshot.nodes().stream()
                .filter(node -> node.id().value().charAt(1) % 2 == 0)
                .map(ListedNode::id)
                .collect(Collectors.toSet());
        busy.forEach(id -> view.upstream(id).asked(QueryClass.LOOKUP));
        var drawn = draw(view, (node, _, _) -> busy.contains(node.id()) ? SkipReason.CAPACITY : null);

        run(journal, lineup(view, drawn, true));

        var asked = answered(journal).asked();
        assertThat(asked.skipped()).hasSizeGreaterThan(drawn.skipped().size());
        assertThat(asked.places()).extracting(place -> place.round()).contains(1);
        assertThat(asked.places()).extracting(place -> place.operatorId()).doesNotHaveDuplicates();
        assertThat(replay(snapshot, new ArrayDeque<>(asked.skipped())))
                .isEqualTo(asked.places().stream().map(place -> place.nodeId()).toList());
    }

    @Test
    void setsAsideWhatTheDearestRacingPlaceAsks() throws IOException {
        var written = Journals.open(directory, 1);
        journal = written;
        var view = view(market(9, 100));
        try (var credit = new BookedCredit(written)) {
            var leases = credit.leases();
            credit.deposit("account", 1_000 * PRICE);
            awaitGranted(leases, 2 * PRICE);
            var drawing = new Drawing(leases, tips, PARAMETERS);

            for (var race = 0; race < 10; race++) {
                var address = new RaceAddress(ADDRESS.router(), ADDRESS.incarnation(), race);
                var funded = drawing.draw(
                        new Drawing.Wanted("account", BALANCE, SlotBounds.NONE),
                        view,
                        view.field(QueryClass.LOOKUP, TERMS),
                        TERMS,
                        () -> RaceRandomness.of(SECRET, address, HASH));

                var reservation = Objects.requireNonNull(funded.reservation());
                assertThat(reservation.amount())
                        .isEqualTo(funded.drawn().racing().stream()
                                .mapToLong(placed -> placed.ask().priceNano())
                                .max()
                                .orElseThrow());
                reservation.cancel();
            }
        }
    }

    /// Nor is he recorded as skipped: by its terms the second draw never knew him.
    @Test
    void drawsNobodyAgainWhoAsksMoreThanWasSetAside() throws IOException {
        var written = Journals.open(directory, 1);
        journal = written;
        var view = view(market(20, 100));
        var drawn = draw(view, Usability.ALL);
        var reserved = PRICE + 1_000;

        var again = Objects.requireNonNull(new Drawing(Credits.none(written, billing), tips, PARAMETERS)
                .drawAgain(lineup(view, drawn, true), drawn.places(), reserved));

        assertThat(again.places()).isNotEmpty().allMatch(placed -> placed.ask().priceNano() <= reserved);
        assertThat(again.skipped()).isEmpty();
    }

    @Test
    void asksWhomItWouldSkipWhenNobodyElseIsLeft() throws IOException {
        journal = Journals.open(directory, 1);
        var snapshot = market(9);
        var view = view(snapshot);
        var drawn = draw(view, Usability.ALL);
        var asked = drawn.places().stream().map(placed -> placed.node().id()).collect(Collectors.toSet());
        for (var node : snapshot.nodes()) {
            for (var i = 0; i < 5 && !asked.contains(node.id()); i++) {
                var soon = System.nanoTime() + Duration.ofHours(1).toNanos();
                view.upstream(node.id()).failed(soon, soon);
            }
        }

        run(journal, lineup(view, drawn, true));

        var recorded = answered(journal).asked();
        assertThat(recorded.despite()).containsExactly(SkipReason.CIRCUIT_OPEN);
        assertThat(recorded.places())
                .filteredOn(place -> place.round() == 1)
                .hasSize(2)
                .allMatch(place -> place.place().races());
        assertThat(replay(snapshot, new ArrayDeque<>(recorded.skipped())))
                .isEqualTo(
                        recorded.places().stream().map(place -> place.nodeId()).toList());
    }

    @Test
    void recordsWhatReplaysAStagedRace() throws IOException {
        journal = Journals.open(directory, 1);
        var staged = new Terms(
                TERMS.prefer(), TERMS.maxPriceNano(), TERMS.maxLatencyMs(), 1, 2, false, List.of(), List.of());
        var snapshot = market(9);
        var view = view(snapshot);
        var random = RaceRandomness.of(SECRET, ADDRESS, HASH);
        var drawn = Draw.of(field(snapshot, staged), BALANCE, staged, PARAMETERS, random, Usability.ALL);

        // nobody listens anywhere: the first fail, those held back are asked, and then others
        run(journal, lineup(view, drawn, true, staged));

        var stages = Stages.of(drawn, BALANCE, staged);
        var first = answered(journal).asked().places().stream()
                .filter(place -> place.round() == 0)
                .map(place -> place.nodeId())
                .toList();
        assertThat(first)
                .isEqualTo(Stream.concat(stages.first().stream(), stages.later().stream())
                        .map(placed -> placed.node().id())
                        .toList());
        assertThat(stages.later()).hasSize(2);
    }

    @Test
    void asksNobodyElseWhatMayHappenOnlyOnceWhenTheNodeCannotBeReached() throws IOException {
        journal = Journals.open(directory, 1);
        var view = view(market(9));
        var drawn = draw(view, Usability.ALL, AIRDROP);

        var response = run(journal, lineup(view, drawn, true, TERMS, AIRDROP));

        assertThat(response.status()).isEqualTo(RefusalCode.NO_ANSWER.status());
        var race = answered(journal);
        assertThat(race.asked().places()).hasSize(1);
        assertThat(race.outcome().winner()).isEqualTo(-1);
        assertThat(race.outcome().feeNano()).isZero();
    }

    @Test
    void letsOthersTryANodeThatItHeldBackAndNeverAsked() throws IOException {
        journal = Journals.open(directory, 1);
        var staged = new Terms(
                TERMS.prefer(), TERMS.maxPriceNano(), TERMS.maxLatencyMs(), 1, 2, false, List.of(), List.of());
        var view = view(market(9));
        var drawn = draw(view, Usability.ALL);
        var later = Stages.of(drawn, BALANCE, staged).later().getFirst();
        var node = view.upstream(later.node().id());
        fail(node);
        assertThat(node.claim(System.nanoTime(), _ -> {})).isTrue();
        assertThat(node.claim(System.nanoTime(), _ -> {})).isFalse();

        // nobody pays, so it ends at once
        run(journal, lineup(view, drawn, false, staged));

        assertThat(node.claim(System.nanoTime(), _ -> {})).isTrue();
    }

    @Test
    void answersOnceItsRecordIsOnTheDisk() throws Exception {
        var written = troubled.recovery().begin(new Incarnation(ADDRESS.router(), ADDRESS.incarnation()), _ -> {});
        journal = written;
        try (var node = ScriptedNode.saying(HonestResults::to)) {
            var view = view(market(9), node.endpoint());
            troubled.holdUp();

            var response = start(
                    track(written, Credits.none(written, billing)),
                    lineup(view, draw(view, Usability.ALL), new Funds()));

            Awaitility.await().until(troubled::holdsSomebodyUp);
            // whatever had been on its way by then has been told
            loop.events().submit(() -> {}).get();
            assertThat(response).isNotDone();
            assertThat(troubled.afterPowerLoss()).isEmpty();

            troubled.release();

            assertThat(Objects.requireNonNull(response.join().race()).chargedNano())
                    .isEqualTo(PRICE);
            var onDisk =
                    (Answered) StreamRecords.decode(troubled.afterPowerLoss().getFirst());
            assertThat(onDisk.outcome().feeNano()).isEqualTo(PRICE);
            assertThat(open.awaitNone(Duration.ofSeconds(30))).isZero();
        }
    }

    /// @param effects that are still good: the write of the record, then its sync
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void chargesNothingAndSaysSoWhenItsRecordCannotBeWritten(int effects) throws IOException {
        var stops = new AtomicInteger();
        var written = troubled.recovery()
                .begin(new Incarnation(ADDRESS.router(), ADDRESS.incarnation()), failure -> stops.incrementAndGet());
        journal = written;
        try (var node = ScriptedNode.saying(HonestResults::to);
                var credit = new BookedCredit(written)) {
            var view = view(market(9), node.endpoint());
            var leases = credit.leases();
            credit.deposit("account", 1_000 * PRICE);
            awaitGranted(leases, PRICE);
            var before = leases.remaining("account");
            var reservation = Objects.requireNonNull(leases.reserve("account", PRICE));
            troubled.failAfter(effects);

            var response = start(track(written, leases), lineup(view, draw(view, Usability.ALL), reservation))
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();

            assertThat(response.status()).isEqualTo(RefusalCode.UNAVAILABLE.status());
            assertThat(response.race()).as("what tells of a price").isNull();
            assertThat(leases.remaining("account")).isEqualTo(before);
            assertThat(stops).hasValue(1);
            assertThat(troubled.afterKill()).isEmpty();
            assertThat(open.awaitNone(Duration.ofSeconds(30))).isZero();
        }
    }

    /// A busy machine may take longer than a query waits for credit.
    private static void awaitGranted(CreditLeases leases, long ask) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(leases.lease("account", ask, ask)
                                .toCompletableFuture()
                                .join())
                        .isEqualTo(LeaseState.GRANTED));
    }

    /// Until the next query may try it.
    private static void fail(Upstream node) {
        for (var i = 0; i < 5; i++) {
            node.failed(System.nanoTime(), System.nanoTime());
        }
        node.probed(System.nanoTime());
    }

    /// What a verifier does: a node at the head of the skips is skipped, every other one takes its place.
    private static List<NodeId> replay(MarketSnapshot snapshot, Queue<Skipped> skips) {
        Usability recorded = (node, _, _) -> {
            var next = skips.peek();
            if (next == null || !next.nodeId().equals(node.id())) {
                return null;
            }
            skips.remove();
            return next.reason();
        };
        var random = RaceRandomness.of(SECRET, ADDRESS, HASH);
        var first = Draw.of(field(snapshot, TERMS), BALANCE, TERMS, PARAMETERS, random, recorded);
        var asked = first.places().stream()
                .map(placed -> placed.node().operatorId())
                .collect(Collectors.toSet());
        var others = new Terms(
                TERMS.prefer(),
                OptionalLong.of(PRICE),
                TERMS.maxLatencyMs(),
                TERMS.racers(),
                0,
                false,
                List.of(),
                List.copyOf(asked));
        var second = Draw.again(field(snapshot, others), BALANCE, others, PARAMETERS, random, recorded, asked);
        assertThat(skips).isEmpty();
        var places = new ArrayList<NodeId>();
        first.places().forEach(placed -> places.add(placed.node().id()));
        second.places().forEach(placed -> places.add(placed.node().id()));
        return places;
    }

    private RpcResponse.Single run(Journal into, Lineup lineup) {
        return start(track(into, Credits.none(into, billing)), lineup).join();
    }

    private CompletableFuture<RpcResponse.Single> start(RaceTrack track, Lineup lineup) {
        var done = new CompletableFuture<RpcResponse.Single>();
        var race = new Race(track, lineup, null, Refusal.of(RefusalCode.NO_ANSWER), done::complete);
        loop.events().execute(race::start);
        return done.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private RaceTrack track(Journal into, CreditLeases leases) {
        return new RaceTrack(
                new NodeClient(PATIENCE, 1_000, 1 << 20, log),
                into,
                leases,
                new Drawing(leases, tips, PARAMETERS),
                PARAMETERS,
                InstantSource.system(),
                ids,
                new Salts(),
                Runnable::run,
                flows,
                open,
                tips,
                new Sanity(() -> null),
                payloads,
                new UsualLatencies(),
                log);
    }

    private Lineup lineup(MarketView view, Drawn drawn, boolean funded) {
        return lineup(view, drawn, funded, TERMS);
    }

    private Lineup lineup(MarketView view, Drawn drawn, boolean funded, Terms terms) {
        return lineup(view, drawn, funded, terms, BALANCE);
    }

    private Lineup lineup(MarketView view, Drawn drawn, Reservation reservation) {
        return lineup(view, drawn, reservation, PATIENT, BALANCE);
    }

    private Lineup lineup(MarketView view, Drawn drawn, boolean funded, Terms terms, SolanaMethod method) {
        return lineup(view, drawn, funded ? new Funds() : null, terms, method);
    }

    private Lineup lineup(
            MarketView view, Drawn drawn, @Nullable Reservation reservation, Terms terms, SolanaMethod method) {
        var call = new Call("1".getBytes(UTF_8), method.name(), new byte[0], -1, 0);
        var credential = new Credential(
                "key",
                "account",
                Credential.Scope.QUERY,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalInt.empty(),
                OptionalInt.empty());
        var query = new Query(call, credential, new CustomerTerms(terms, -1), loop, System.nanoTime(), 1, null, 0);
        var random = RaceRandomness.of(SECRET, ADDRESS, HASH);
        // the numbers of the first draw are used up
        Draw.of(field(view.snapshot(), terms), method, terms, PARAMETERS, random, skipping(drawn));
        return new Lineup(
                query,
                method,
                method,
                SlotBounds.NONE,
                new Sessions().of("key"),
                view,
                view.field(QueryClass.LOOKUP, terms),
                0,
                ADDRESS,
                call.toNode(method.name(), 0),
                HASH,
                random,
                drawn,
                reservation);
    }

    private static Usability skipping(Drawn drawn) {
        var ids = drawn.skipped().stream().map(Skipped::nodeId).collect(Collectors.toSet());
        return (node, _, _) -> ids.contains(node.id()) ? SkipReason.CAPACITY : null;
    }

    private static Drawn draw(MarketView view, Usability usability) {
        return draw(view, usability, BALANCE);
    }

    private static Drawn draw(MarketView view, Usability usability, SolanaMethod method) {
        return Draw.of(
                field(view.snapshot(), TERMS),
                method,
                TERMS,
                PARAMETERS,
                RaceRandomness.of(SECRET, ADDRESS, HASH),
                usability);
    }

    private static Field field(MarketSnapshot snapshot, Terms terms) {
        return Field.of(snapshot, PARAMETERS, QueryClass.LOOKUP, terms);
    }

    private Answered answered(Journal from) throws IOException {
        Awaitility.await().until(() -> from.position() == 2);
        Awaitility.await().until(() -> from.synced() == 2);
        try (var reader = from.reader()) {
            var records = reader.read(1, 0, 10, 100_000);
            assertThat(StreamRecords.decode(records.get(1))).isInstanceOf(Verified.class);
            return (Answered) StreamRecords.decode(records.getFirst());
        }
    }

    private MarketView view(MarketSnapshot snapshot) {
        return view(snapshot, "http://127.0.0.1:1");
    }

    private MarketView view(MarketSnapshot snapshot, String endpoint) {
        var known = new Upstreams();
        for (var node : snapshot.nodes()) {
            upstreams.put(node.id(), known.listed(node.id(), endpoint, List.of("127.0.0.1"), Map.of()));
        }
        return Views.of(snapshot, upstreams);
    }

    /// Operators with one node each, which takes one query at a time.
    private static MarketSnapshot market(int operators) {
        return market(operators, 0);
    }

    /// @param dearer by so much each than the one before
    private static MarketSnapshot market(int operators, long dearer) {
        var listed = new ArrayList<ListedOperator>();
        var nodes = new ArrayList<ListedNode>();
        for (var i = 0; i < operators; i++) {
            var operator = new OperatorId("o" + (char) ('a' + i));
            listed.add(new ListedOperator(operator, operator, 10_000_000_000_000L, 990_000, false));
            nodes.add(new ListedNode(
                    new NodeId("n" + (char) ('a' + i)),
                    operator,
                    NodeState.ACTIVE,
                    990_000,
                    Map.of(QueryClass.LOOKUP, new Offer(new Ask(PRICE + i * dearer, 250, 1), 990_000, 900_000))));
        }
        return MarketSnapshot.of("1", listed, nodes);
    }

    /// As much as the race may cost.
    private static final class Funds implements Reservation {

        @Override
        public UUID leaseId() {
            return new UUID(0, 1);
        }

        @Override
        public long amount() {
            return PRICE;
        }

        @Override
        public long settle(long feeNano) {
            return feeNano;
        }

        @Override
        public void cancel() {}
    }
}
