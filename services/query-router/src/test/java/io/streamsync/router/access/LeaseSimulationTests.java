package io.streamsync.router.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.streamsync.protocol.record.StreamRecord.LeaseClosed;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.router.journal.Incarnation;
import io.streamsync.router.journal.JournalEntry;
import io.streamsync.router.journal.Journals;
import io.streamsync.router.journal.SimulatedJournal;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.publication.HighWaterMarks;
import io.streamsync.router.publication.Publications;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// Histories of routers that share one customer's credit, one per seed: their own leases and journal on a simulated
/// clock, disk and network, where calls are lost, come twice and overtake one another, and routers are killed or lose
/// their power and recover. Whatever happens, every record continues its lease's sum, and no unit is lost or doubled.
class LeaseSimulationTests {

    private static final int SEEDS = Integer.getInteger("streamsync.test.seeds", 2_000);
    private static final int STEPS = 150;
    private static final String ALICE = "alice";

    private static final Credential KEY = new Credential(
            "key",
            ALICE,
            Credential.Scope.QUERY,
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalInt.empty(),
            OptionalInt.empty());

    @TempDir
    Path directory;

    /// Thousands of failed calls, and each would say so.
    @BeforeAll
    static void sayNothing() {
        ((Logger) LoggerFactory.getLogger(RouterLog.class)).setLevel(Level.OFF);
    }

    @AfterAll
    static void speakAgain() {
        ((Logger) LoggerFactory.getLogger(RouterLog.class)).setLevel(null);
    }

    @Test
    void neitherLosesNorDoublesAUnitUnderAnySeed() throws IOException {
        var charged = 0L;
        var unused = Journals.open(directory, 1);
        var marks = Publications.marks(unused);
        for (var seed = 0; seed < SEEDS; seed++) {
            var market = new Market(seed, marks);
            try {
                market.run();
            } catch (AssertionError | RuntimeException broken) {
                fail("seed " + seed, broken);
            }
            charged += market.billing.charged();
        }

        unused.close();
        assertThat(charged / SEEDS).as("sold per history").isGreaterThan(100);
    }

    private static final class Market {

        private final HighWaterMarks marks;
        private final Random random;
        private final AtomicLong now = new AtomicLong();
        private final long deposit;
        private final boolean toDisk;
        private final SimulatedBilling billing;
        private final List<Runnable> network = new ArrayList<>();
        private final List<Router> routers = new ArrayList<>();
        private final List<Stream> left = new ArrayList<>();
        private long told;
        private boolean powerFailed;

        Market(long seed, HighWaterMarks marks) {
            this.marks = marks;
            random = new Random(seed);
            deposit = random.nextLong(200, 20_200);
            toDisk = random.nextBoolean();
            billing = new SimulatedBilling(deposit);
            for (var id = 1; id <= 2 + random.nextInt(2); id++) {
                routers.add(new Router(this, id));
            }
        }

        void run() {
            for (var step = 0; step < STEPS; step++) {
                step(routers.get(random.nextInt(routers.size())));
            }
            network.clear();
            routers.replaceAll(router -> router.die(false));
            while (!left.isEmpty()) {
                post(left.removeFirst(), Integer.MAX_VALUE);
            }
            assertThat(billing.available() + billing.charged()).isEqualTo(deposit);
            if (toDisk || !powerFailed) {
                assertThat(billing.charged()).as("told written").isEqualTo(told);
            } else {
                assertThat(billing.charged()).isLessThanOrEqualTo(told);
            }
        }

        private void step(Router router) {
            switch (random.nextInt(24)) {
                case 0 ->
                    now.addAndGet(Duration.ofMillis(random.nextInt(40_000)).toNanos());
                case 1 -> router.leases.tidy(router.stream.posted);
                case 2 -> router.journal.sync();
                case 3 -> post(router.stream, random.nextInt(4));
                case 4 -> {
                    if (random.nextInt(8) == 0) {
                        routers.set(routers.indexOf(router), router.die(random.nextBoolean()));
                    } else if (!left.isEmpty()) {
                        post(left.removeFirst(), Integer.MAX_VALUE);
                    }
                }
                case 5, 6, 7, 8, 9, 10 -> router.query();
                case 11, 12, 13, 14 -> router.answer();
                case 15, 16, 17, 18 -> {
                    now.addAndGet(Duration.ofMillis(20).toNanos());
                    router.keeper.turn();
                }
                default -> deliver();
            }
        }

        private void deliver() {
            if (!network.isEmpty()) {
                network.remove(random.nextInt(network.size())).run();
            }
        }

        /// Calls arrive once or twice, and are answered or not.
        private CompletionStage<LeaseAnswer> call(LeaseCall call) {
            var answer = new CompletableFuture<LeaseAnswer>();
            network.add(() -> {
                var answered = random.nextInt(10) == 0 ? null : billing.answer(call);
                if (random.nextInt(10) == 0) {
                    network.add(() -> billing.answer(call));
                }
                if (answered == null || random.nextInt(10) == 0) {
                    answer.completeExceptionally(new IOException("lost"));
                } else {
                    network.add(() -> answer.complete(answered));
                }
            });
            return answer;
        }

        /// Billing reads on, of what may have left the machine.
        private void post(Stream stream, int most) {
            var records = stream.readable();
            for (var count = 0; count < most && stream.posted < records.size(); count++) {
                var record = records.get((int) stream.posted);
                if (record.length == Fee.BYTES) {
                    var bytes = ByteBuffer.wrap(record);
                    var lease = new UUID(bytes.getLong(), bytes.getLong());
                    billing.charge(stream.router, stream.posted, lease, bytes.getLong(), bytes.getLong());
                } else if (StreamRecords.decode(record) instanceof LeaseClosed end) {
                    billing.close(stream.router, stream.posted, end.leaseId(), end.cumulative());
                }
                stream.posted++;
            }
            if (stream.recovered != null && stream.posted == records.size()) {
                billing.ended(stream.router, stream.incarnation);
            }
        }
    }

    /// What a start has written.
    private static final class Stream {

        private final int router;
        private final int incarnation;
        private final SimulatedJournal journal;
        private @Nullable List<byte[]> recovered;
        private long posted;

        Stream(int router, int incarnation, SimulatedJournal journal) {
            this.router = router;
            this.incarnation = incarnation;
            this.journal = journal;
        }

        List<byte[]> readable() {
            return recovered == null ? journal.readable() : recovered;
        }
    }

    /// One start of a router.
    private static final class Router implements CreditCalls {

        private final Market market;
        private final int id;
        private final SimulatedJournal journal;
        private final Stream stream;
        private final LeaseKeeper keeper;
        private final CreditLeases leases;
        private final Deque<Fee> underway = new ArrayDeque<>();

        Router(Market market, int id) {
            this.market = market;
            this.id = id;
            var incarnation = market.billing.started(id);
            journal = new SimulatedJournal(id, incarnation, market.toDisk);
            stream = new Stream(id, incarnation, journal);
            keeper = new LeaseKeeper(
                    this,
                    new Incarnation(id, incarnation),
                    market.marks,
                    new RateShares(),
                    new RouterLog(),
                    market.now::get);
            leases = new CreditLeases(keeper, new ClosedLeases(journal::append, journal::position), market.now::get);
        }

        @Override
        public CompletionStage<LeaseAnswer> ask(LeaseCall call) {
            return market.call(call);
        }

        @Override
        public void want(URI router, List<String> holders) {
            market.network.add(() -> market.routers.stream()
                    .filter(other -> router.getHost().equals("router-" + other.id))
                    .forEach(other -> holders.forEach(holder -> other.leases.wanted(holder, _ -> KEY))));
        }

        void query() {
            var ask = 1 + market.random.nextInt(60);
            var reservation = leases.reserve(ALICE, ask);
            if (reservation != null) {
                underway.add(new Fee(reservation, market.random.nextInt(ask + 1), this));
            } else {
                var _ = leases.lease(ALICE, ask, 60);
            }
        }

        void answer() {
            var fee = market.random.nextBoolean() ? underway.pollFirst() : underway.pollLast();
            if (fee != null && market.random.nextInt(8) == 0) {
                fee.reservation.cancel();
            } else if (fee != null) {
                journal.append(fee);
            }
        }

        /// Its next start finds what the disk kept, and sends it on.
        Router die(boolean powerFails) {
            stream.recovered =
                    powerFails ? journal.recoveredAfterPowerLoss(market.random) : journal.recoveredAfterKill();
            market.powerFailed |= powerFails;
            assertThat(stream.recovered.size())
                    .as("what left the machine is still there")
                    .isGreaterThanOrEqualTo((int) stream.posted);
            market.left.add(stream);
            return new Router(market, id);
        }
    }

    private record Fee(Reservation reservation, long fee, Router router) implements JournalEntry {

        static final int BYTES = 4 * Long.BYTES;

        @Override
        public byte[] encode() {
            return ByteBuffer.allocate(BYTES)
                    .putLong(reservation.leaseId().getMostSignificantBits())
                    .putLong(reservation.leaseId().getLeastSignificantBits())
                    .putLong(fee)
                    .putLong(reservation.settle(fee))
                    .array();
        }

        @Override
        public void written(long position) {
            router.market.told += fee;
        }

        @Override
        public void lost() {
            reservation.cancel();
        }
    }
}
