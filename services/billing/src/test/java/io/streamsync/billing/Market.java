package io.streamsync.billing;

import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.draw.Skipped;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.Frame;
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
import io.streamsync.protocol.record.StreamRecord.SubscriptionCharged;
import io.streamsync.protocol.record.StreamRecord.Verdict;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.protocol.verification.RaceStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import tools.jackson.databind.JsonNode;

/// Routers that sell queries of two nodes of different operators, checked by two others.
@TestComponent
public class Market {

    public static final String SNAPSHOT = "5".repeat(64);

    private static final AtomicInteger ROUTERS = new AtomicInteger(100);

    /// Stopped by a frame that cannot be read, in one of the tests: no stream that goes by its key may be there.
    private static final int STOPPED = 1;

    private static final int STARTS = 4;

    private final Http http;

    /// The starts of each router, all of them on one journal.
    private final Map<Integer, List<Integer>> journals = new ConcurrentHashMap<>();

    Market(Http http) {
        this.http = http;
    }

    /// A router of its own for each test, started once.
    public Router router() {
        return start(newId());
    }

    /// A router whose start was never told: all that is known of it are its records.
    public Router unknownRouter() {
        return new Router(newId(), 1);
    }

    private static int newId() {
        var id = ROUTERS.incrementAndGet();
        while (isAnyStopped(id)) {
            id = ROUTERS.incrementAndGet();
        }
        return id;
    }

    private static boolean isAnyStopped(int id) {
        return IntStream.rangeClosed(1, STARTS)
                .mapToObj(start -> (id + "/" + start).getBytes(StandardCharsets.UTF_8))
                .anyMatch(key -> BuiltInPartitioner.partitionForKey(key, TestTopics.RACES_PARTITIONS) == STOPPED);
    }

    /// On the journal of the starts before it, as after a kill.
    public Router start(int id) {
        var journal = journals.computeIfAbsent(id, _ -> new CopyOnWriteArrayList<>());
        var started = http.internal("/internal/routers/" + id + "/incarnations", "{\"earlier\":" + journal + "}")
                .json();
        var incarnation = started.path("incarnation").asInt();
        journal.add(incarnation);
        return new Router(id, incarnation);
    }

    /// One start of a router: writes records in order, and frames them.
    public final class Router {

        public final int id;
        public final int incarnation;
        public String snapshot = SNAPSHOT;
        public @Nullable String batch;
        public List<Skipped> skipped = List.of();
        public int batchIndex;

        /// Latency of the winner's own answer; the others come a microsecond later each.
        public long winnersMicros = 1_500;

        private final List<StreamRecord> records = new ArrayList<>();
        private long nextSequence;
        private long subscriptions;
        private long framed;
        private long now = System.currentTimeMillis();

        public Router(int id, int incarnation) {
            this.id = id;
            this.incarnation = incarnation;
        }

        /// A lease of this customer's credit, of about what it spent recently.
        public TestLease lease(Http.Customer customer, long spentRecently) {
            var grant = grant(customer, null, spentRecently);
            return new TestLease(
                    customer,
                    UUID.fromString(grant.path("leaseId").asString()),
                    Long.parseLong(grant.path("granted").asString()));
        }

        /// What billing answers to a wish for credit.
        public JsonNode grant(Http.Customer customer, @Nullable UUID leaseId, long spentRecently) {
            return http.internal("/internal/leases", """
                            {"routerId":%d,"incarnation":%d,"requests":[{"requestId":"r","accountId":"%s","leaseId":%s,
                            "spentRecently":"%d","dearestAsk":"1"}]}""".formatted(
                                    id,
                                    incarnation,
                                    customer.id(),
                                    leaseId == null ? "null" : "\"" + leaseId + "\"",
                                    spentRecently))
                    .json()
                    .path("grants")
                    .path(0);
        }

        /// Gives back from a lease that goes on.
        ///
        /// @param returned all that was given back of it so far
        public JsonNode handBack(TestLease lease, long returned) {
            return http.internal(
                            "/internal/leases", """
                            {"routerId":%d,"incarnation":%d,"requests":[{"requestId":"r","accountId":"%s","leaseId":"%s",
                            "spentRecently":"0","dearestAsk":"0","more":false,"returned":"%d"}]}""".formatted(id, incarnation, lease.customer.id(), lease.id, returned))
                    .json()
                    .path("grants")
                    .path(0);
        }

        public long charged(TestLease lease, long fee) {
            lease.spent += fee;
            return answered(lease, 0, fee, fee, null, null);
        }

        /// Answered after the SLA: free.
        public long late(TestLease lease, long price) {
            return answered(lease, 0, price, 0, RefundReason.SLA_MISSED, new Sla(50, true, false));
        }

        public long unanswered(TestLease lease) {
            return answered(lease, -1, 0, 0, RefundReason.NO_ANSWER, null);
        }

        public long answered(
                TestLease lease, int winner, long price, long fee, @Nullable RefundReason refund, @Nullable Sla sla) {
            return answeredAt(++now, lease, winner, price, fee, refund, sla);
        }

        /// A charged race whose time is not the stream's.
        public long chargedAt(Instant at, TestLease lease, long fee) {
            lease.spent += fee;
            return answeredAt(at.toEpochMilli(), lease, 0, fee, fee, null, null);
        }

        private long answeredAt(
                long at,
                TestLease lease,
                int winner,
                long price,
                long fee,
                @Nullable RefundReason refund,
                @Nullable Sla sla) {
            var sequence = nextSequence++;
            records.add(new Answered(
                    new Race(
                            sequence,
                            at,
                            at / 300_000,
                            snapshot,
                            Parameters.defaults().version(),
                            "getBalance",
                            QueryClass.LOOKUP,
                            "a".repeat(64),
                            Terms.standard(3),
                            -1),
                    new Asked(places(), skipped, true, false),
                    new Outcome(winner, winner < 0 ? 0 : 1234, winner < 0 ? -1 : 77, price, fee, refund, sla, false),
                    new PrivatePart(
                            "0".repeat(32), lease.customer.id(), "key", lease.id, lease.spent, batch, batchIndex)));
            return sequence;
        }

        /// What the verification of a race came to; the checkers agree when it is confirmed.
        public void verified(long sequence, long fee, RaceStatus status) {
            var agrees = status == RaceStatus.CONFIRMED ? Verdict.AGREES : Verdict.DISAGREES;
            verified(sequence, fee, status, List.of(Verdict.WINS, Verdict.LATE, agrees, agrees));
        }

        public void verified(long sequence, long fee, RaceStatus status, List<Verdict> verdicts) {
            verified(sequence, fee, status, verdicts, Collections.nCopies(verdicts.size(), null));
        }

        /// @param reasons why each place did not win, null where there is none
        public void verified(
                long sequence, long fee, RaceStatus status, List<Verdict> verdicts, List<@Nullable Reason> reasons) {
            var places = places();
            var results = new ArrayList<Result>();
            for (var index = 0; index < places.size(); index++) {
                var place = places.get(index);
                results.add(new Result(
                        place.nodeId(),
                        place.operatorId(),
                        place.place(),
                        winnersMicros + index,
                        PlaceOutcome.ANSWER,
                        verdicts.get(index),
                        77,
                        false,
                        reasons.get(index)));
            }
            records.add(new Verified(
                    sequence,
                    ++now,
                    "getBalance",
                    QueryClass.LOOKUP,
                    Parameters.defaults().version(),
                    status,
                    fee,
                    false,
                    results));
        }

        /// A subscription that is opened at the first operator's.
        public String subscribed(TestLease lease, long price) {
            var subscriptionId = "%08x%08x%016x".formatted(id, incarnation, ++subscriptions);
            lease.spent += price;
            subscription(lease, subscriptionId, 1, price, true, 0, price);
            return subscriptionId;
        }

        /// Its notifications of a while.
        public void notified(
                TestLease lease, String subscriptionId, int operator, long price, long notifications, long fee) {
            lease.spent += fee;
            subscription(lease, subscriptionId, operator, price, false, notifications, fee);
        }

        private void subscription(
                TestLease lease,
                String subscriptionId,
                int operator,
                long price,
                boolean opened,
                long notifications,
                long fee) {
            var at = ++now;
            records.add(new SubscriptionCharged(
                    subscriptionId,
                    at,
                    at / 300_000,
                    Parameters.defaults().version(),
                    "accountSubscribe",
                    place(operator, Place.RACING).nodeId(),
                    operator(operator),
                    price,
                    opened,
                    notifications,
                    fee,
                    new PrivatePart("0".repeat(32), lease.customer.id(), "key", lease.id, lease.spent, null, 0)));
        }

        public void close(TestLease lease) {
            records.add(new StreamRecord.LeaseClosed(lease.id, lease.spent));
        }

        public void end() {
            records.add(new StreamRecord.StreamEnded(++now));
        }

        public void write(StreamRecord record) {
            records.add(record);
        }

        /// All that was written since the last frame, in one.
        public Frame frame() {
            var frame = new Frame(
                    id,
                    incarnation,
                    framed,
                    records.stream().map(StreamRecords::encode).toList());
            framed = frame.next();
            records.clear();
            return frame;
        }

        /// The same in as many frames as it takes.
        public List<Frame> frames() {
            var frames = new ArrayList<Frame>();
            while (!records.isEmpty()) {
                var next = List.copyOf(records.subList(0, Math.min(Frame.MAX_RECORDS, records.size())));
                frames.add(new Frame(
                        id,
                        incarnation,
                        framed,
                        next.stream().map(StreamRecords::encode).toList()));
                framed += next.size();
                records.subList(0, next.size()).clear();
            }
            return frames;
        }

        /// The same without counting them as written.
        public Frame withdrawnFrame() {
            var frame = frame();
            framed = frame.first();
            return frame;
        }

        public String key() {
            return id + "/" + incarnation;
        }

        /// The millisecond of the record written last.
        public long now() {
            return now;
        }

        /// Operators of this router's market, so that tests do not see each other's earnings.
        public OperatorId operator(int number) {
            return new OperatorId("op" + number + "-" + id);
        }

        private List<AskedPlace> places() {
            return List.of(
                    place(1, Place.RACING), place(2, Place.RACING), place(3, Place.CHECKING), place(4, Place.CHECKING));
        }

        private AskedPlace place(int number, Place place) {
            return new AskedPlace(new NodeId("node" + number + "-" + id), operator(number), place, 0);
        }
    }

    /// A lease as the router sees it.
    public static final class TestLease {

        public final Http.Customer customer;
        public final UUID id;
        public final long granted;
        public long spent;

        public TestLease(Http.Customer customer, UUID id, long granted) {
            this.customer = customer;
            this.id = id;
            this.granted = granted;
        }

        /// To spend from without the lease noticing.
        public TestLease copy() {
            return withId(id);
        }

        public TestLease withId(UUID other) {
            var copy = new TestLease(customer, other, granted);
            copy.spent = spent;
            return copy;
        }

        /// The same lease in another customer's hands.
        public TestLease as(Http.Customer other) {
            var copy = new TestLease(other, id, granted);
            copy.spent = spent;
            return copy;
        }
    }
}
