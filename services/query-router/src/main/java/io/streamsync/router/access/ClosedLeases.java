package io.streamsync.router.access;

import io.streamsync.router.journal.Journal;
import io.streamsync.router.journal.JournalEntry;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// Leases that this router has ended: their records, and that none is ever spent from again, also when billing, which
/// has not read of the end yet, offers it. Safe for use by many threads.
final class ClosedLeases {

    /// Longer than an answer of billing can be on its way.
    private static final long REMEMBERED = Duration.ofMinutes(1).toNanos();

    /// Between two heartbeats billing says nothing; posting takes 2 s at most while all is well.
    private static final long STALLED = Duration.ofSeconds(7).toNanos();

    private final Predicate<JournalEntry> journal;
    private final LongSupplier position;
    private final Map<UUID, Closing> closings = new ConcurrentHashMap<>();
    private final Queue<Lease> unwritten = new ConcurrentLinkedQueue<>();

    /// How far billing has read, and when it last got on or had all; belongs to the thread that tidies.
    private long posted = -1;

    private long readAt;

    ClosedLeases(Journal journal) {
        this(journal::appendMark, journal::position);
    }

    /// @param journal takes a record, or says that it does not
    /// @param position of the journal's next record
    ClosedLeases(Predicate<JournalEntry> journal, LongSupplier position) {
        this.journal = journal;
        this.position = position;
    }

    /// Nothing is reserved from the lease any more.
    void closing(Lease lease) {
        closings.put(lease.id(), new Closing(Long.MAX_VALUE, false, 0));
    }

    boolean contains(UUID lease) {
        return closings.containsKey(lease);
    }

    /// All that was reserved from it is settled.
    void ended(Lease lease) {
        if (!journal.test(new LeaseEnd(lease, this))) {
            unwritten.add(lease);
        }
    }

    /// The lease's end stands in the stream.
    void written(UUID lease, long position) {
        closings.replace(lease, new Closing(position, false, 0));
    }

    /// Tries again to write what the journal did not take, and forgets what billing has posted a while ago.
    void tidy(long nextPosition, long now) {
        if (nextPosition > posted || nextPosition >= position.getAsLong()) {
            posted = nextPosition;
            readAt = now;
        }
        unwritten.removeIf(lease -> journal.test(new LeaseEnd(lease, this)));
        closings.replaceAll((_, closing) -> closing.seen(nextPosition, now));
        closings.values().removeIf(closing -> closing.posted && now - closing.postedAt > REMEMBERED);
    }

    /// Whether billing reads what this router writes. While it does not, an ended lease is out of everybody's reach:
    /// billing offers it, and here it is refused.
    boolean areRead(long now) {
        return now - readAt < STALLED;
    }

    private record Closing(long position, boolean posted, long postedAt) {

        Closing seen(long nextPosition, long now) {
            return posted || position >= nextPosition ? this : new Closing(position, true, now);
        }
    }
}
