package io.streamsync.router.access;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.streamsync.router.journal.Journal;
import io.streamsync.router.journal.Journals;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.publication.Publications;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the threads of a router do to one lease at the same time, interleaved at every access to memory: whatever comes
/// of it could have come of the same calls one after another.
class LeaseInterleavingTests {

    private static final int THREADS = 3;

    @TempDir
    static Path directory;

    private static Journal journal;
    private static LeaseKeeper keeper;

    @BeforeAll
    static void open() {
        journal = Journals.open(directory, 1);
        var marks = Publications.marks(journal);
        keeper = new LeaseKeeper(
                new Unheard(), journal.incarnation(), marks, new RateShares(), new RouterLog(), () -> 0);
    }

    @AfterAll
    static void close() throws IOException {
        journal.close();
    }

    @Test
    void queriesJournalAndKeeperShareTheCreditOfOneLease() {
        explore(Spending.class);
    }

    @Test
    void aLeaseEndsOnceAndUnderNoReservation() {
        explore(Ending.class);
    }

    private static void explore(Class<?> calls) {
        var options = new ModelCheckingOptions()
                .threads(THREADS)
                .actorsPerThread(2)
                .actorsBefore(2)
                .actorsAfter(2)
                .iterations(20)
                .invocationsPerIteration(200);
        assertThatCode(() -> options.check(calls)).doesNotThrowAnyException();
    }

    /// Credit that may run out. The journal's thread settles, the keeper's grants and hands back, any reserves.
    @Param(name = "thread", gen = ThreadIdGen.class)
    @Param(name = "amount", gen = IntGen.class, conf = "1:3")
    public static class Spending extends SharedLease {

        private long granted = 3;

        public Spending() {
            super(3);
        }

        @Operation(params = {"thread", "amount"})
        public boolean reserve(int thread, int amount) {
            return reserveFor(thread, amount);
        }

        @Operation(params = "thread")
        public void cancel(int thread) {
            cancelFor(thread);
        }

        @Operation(params = "thread", nonParallelGroup = "journal")
        public long settle(int thread) {
            return settleFor(thread);
        }

        @Operation(params = "amount", nonParallelGroup = "keeper")
        public void grant(int amount) {
            granted += amount;
            lease.grant(granted, 1);
        }

        @Operation(params = "amount", nonParallelGroup = "keeper")
        public long handBack(int keep) {
            lease.handBack(keep);
            return lease.returned();
        }

        @Operation
        public long remaining() {
            return lease.remaining();
        }
    }

    /// Credit in plenty, and an end to it.
    @Param(name = "thread", gen = ThreadIdGen.class)
    public static class Ending extends SharedLease {

        private volatile boolean closed;

        public Ending() {
            super(1_000);
        }

        @Operation(params = "thread")
        public boolean reserve(int thread) {
            return reserveFor(thread, 2);
        }

        @Operation(params = "thread")
        public void cancel(int thread) {
            cancelFor(thread);
        }

        @Operation(params = "thread", nonParallelGroup = "journal")
        public long settle(int thread) {
            return settleFor(thread);
        }

        @Operation(nonParallelGroup = "keeper")
        public void close() {
            closed = true;
            lease.close();
        }

        @Validate
        public void endsWithTheLastReservation() {
            var expected = closed && !isAnythingReserved() ? 1 : 0;
            if (ends.get() != expected) {
                throw new IllegalStateException("ended " + ends + " times, not " + expected);
            }
        }
    }

    /// One lease, and what each thread has reserved from it.
    abstract static class SharedLease {

        final Lease lease;
        final AtomicInteger ends = new AtomicInteger();

        // with a place for what is done before all threads and after them
        private final @Nullable Reservation[] reserved = new Reservation[THREADS + 2];

        SharedLease(long granted) {
            var closed = new ClosedLeases(_ -> ends.incrementAndGet() > 0, () -> 0);
            lease = new Lease(new UUID(0, 1), new AccountCredit("alice", null, keeper, closed, 0));
            lease.grant(granted, 1);
        }

        boolean reserveFor(int thread, long amount) {
            if (reserved[thread] != null) {
                return false;
            }
            reserved[thread] = lease.reserve(amount, 0);
            return reserved[thread] != null;
        }

        void cancelFor(int thread) {
            var reservation = take(thread);
            if (reservation != null) {
                reservation.cancel();
            }
        }

        /// @return all that the lease has spent
        long settleFor(int thread) {
            var reservation = take(thread);
            return reservation == null ? 0 : reservation.settle(1);
        }

        boolean isAnythingReserved() {
            for (var reservation : reserved) {
                if (reservation != null) {
                    return true;
                }
            }
            return false;
        }

        private @Nullable Reservation take(int thread) {
            var reservation = reserved[thread];
            if (reservation != null && ends.get() > 0) {
                throw new IllegalStateException("the lease has ended under a reservation");
            }
            reserved[thread] = null;
            return reservation;
        }
    }

    /// Nothing is asked for in these tests.
    private static final class Unheard implements CreditCalls {

        @Override
        public CompletionStage<LeaseAnswer> ask(LeaseCall call) {
            return new CompletableFuture<>();
        }

        @Override
        public void want(URI router, List<String> holders) {}
    }
}
