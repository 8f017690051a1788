package io.streamsync.router.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.protocol.record.StreamRecord.LeaseClosed;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.router.journal.Journal;
import io.streamsync.router.journal.JournalEntry;
import io.streamsync.router.journal.JournalReader;
import io.streamsync.router.journal.Journals;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.publication.BillingEndpoint;
import io.streamsync.router.publication.Publications;
import io.streamsync.router.publication.ScriptedBilling;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Histories of one router and billing under one seed: answers get lost, time jumps, queries overlap, posting lags.
/// Whatever happens, every record continues its lease's sum within its grant, and no unit is lost or doubled.
class LeaseHistoriesTests {

    private static final int HISTORIES = Integer.getInteger("streamsync.test.histories", 6);
    private static final List<String> ACCOUNTS = List.of("alice", "bob", "carol");
    private static final long DEPOSIT = 20_000;
    private static final int STEPS = 250;

    @TempDir
    Path directory;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, HISTORIES);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void neitherLosesNorDoublesAUnit(long seed) throws IOException {
        try (var history = new History(directory, seed)) {
            for (var step = 0; step < STEPS; step++) {
                history.step();
            }
            history.finish();

            assertThat(history.book.hasOpenLeases()).isFalse();
            for (var account : ACCOUNTS) {
                assertThat(history.book.available(account) + history.spent(account))
                        .as("seed %d, %s", seed, account)
                        .isEqualTo(DEPOSIT);
            }
            assertThat(history.fees).as("seed %d", seed).isGreaterThan(20);
        }
    }

    private static final class History implements AutoCloseable {

        private final Random random;
        private final AtomicLong now = new AtomicLong();
        private final CreditBook book = new CreditBook();
        private final ScriptedBilling billing = new ScriptedBilling(book::answer);
        private final BillingEndpoint endpoint = billing.endpoint();
        private final Journal journal;
        private final JournalReader reader;
        private final LeaseKeeper keeper;
        private final CreditLeases leases;
        private final Deque<Fee> underway = new ArrayDeque<>();
        private final AtomicLongArray spent = new AtomicLongArray(ACCOUNTS.size());
        private long posted;
        private int fees;

        History(Path directory, long seed) {
            random = new Random(seed);
            journal = Journals.open(directory, 1);
            reader = journal.reader();
            keeper = new LeaseKeeper(
                    endpoint,
                    journal.incarnation(),
                    Publications.marks(journal),
                    new RateShares(),
                    new RouterLog(),
                    now::get);
            leases = new CreditLeases(keeper, new ClosedLeases(journal), now::get);
            ACCOUNTS.forEach(account -> book.deposit(account, DEPOSIT));
        }

        void step() throws IOException {
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> query();
                case 3, 4, 5 -> answer();
                case 6 -> book.loseAnswers(random.nextInt(2));
                case 7 ->
                    now.addAndGet(Duration.ofMillis(random.nextInt(25_000)).toNanos());
                case 8 -> leases.tidy(posted);
                default -> post();
            }
            if (random.nextInt(3) > 0) {
                turn();
            }
        }

        void finish() throws IOException {
            book.loseAnswers(0);
            while (!underway.isEmpty()) {
                answer();
            }
            // a lease that billing opened for nobody is asked for until it is known
            for (var i = 0; i < 4; i++) {
                now.addAndGet(Duration.ofSeconds(1).toNanos());
                turn();
            }
            leases.closeAll();
            post();
            for (var i = 0; i < 4; i++) {
                now.addAndGet(Duration.ofSeconds(1).toNanos());
                turn();
                leases.closeAll();
                post();
            }
        }

        long spent(String account) {
            return spent.get(ACCOUNTS.indexOf(account));
        }

        @Override
        public void close() throws IOException {
            reader.close();
            endpoint.close();
            billing.close();
            journal.close();
        }

        private void query() {
            var account = random.nextInt(ACCOUNTS.size());
            var ask = 1 + random.nextInt(60);
            var reservation = leases.reserve(ACCOUNTS.get(account), ask);
            if (reservation != null) {
                underway.add(new Fee(reservation, random.nextInt(ask + 1), account, spent));
            } else {
                var _ = leases.lease(ACCOUNTS.get(account), ask, 60);
            }
        }

        private void answer() {
            var fee = random.nextBoolean() ? underway.pollFirst() : underway.pollLast();
            if (fee == null) {
                return;
            }
            if (random.nextInt(8) == 0) {
                fee.reservation.cancel();
            } else {
                fees++;
                journal.append(fee);
            }
        }

        private void turn() {
            keeper.turn();
            await().pollInterval(Duration.ofMillis(1)).until(keeper::isQuiet);
        }

        /// Billing reads on; not always all there is.
        private void post() throws IOException {
            await().pollInterval(Duration.ofMillis(1)).until(() -> journal.synced() == journal.position());
            for (var record : reader.read(1, posted, 1 + random.nextInt(256), 1 << 20)) {
                posted++;
                if (record.length == Fee.BYTES) {
                    var bytes = ByteBuffer.wrap(record);
                    var lease = new UUID(bytes.getLong(), bytes.getLong());
                    assertThat(book.post(lease, bytes.getLong(), bytes.getLong()))
                            .as("record %d", posted - 1)
                            .isTrue();
                } else if (StreamRecords.decode(record) instanceof LeaseClosed end) {
                    assertThat(book.end(end.leaseId(), end.cumulative()))
                            .as("record %d", posted - 1)
                            .isTrue();
                }
            }
            book.posted(posted);
        }
    }

    private record Fee(Reservation reservation, long fee, int account, AtomicLongArray spent) implements JournalEntry {

        static final int BYTES = 4 * Long.BYTES;

        @Override
        public byte[] encode() {
            var cumulative = reservation.settle(fee);
            spent.addAndGet(account, fee);
            return ByteBuffer.allocate(BYTES)
                    .putLong(reservation.leaseId().getMostSignificantBits())
                    .putLong(reservation.leaseId().getLeastSignificantBits())
                    .putLong(fee)
                    .putLong(cumulative)
                    .array();
        }

        @Override
        public void written(long position) {}

        @Override
        public void lost() {
            reservation.cancel();
        }
    }
}
