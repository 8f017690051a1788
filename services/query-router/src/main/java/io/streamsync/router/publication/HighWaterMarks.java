package io.streamsync.router.publication;

import io.streamsync.router.journal.Journal;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// How far this router's streams have got: into Kafka, and into billing's books. Safe for use by many threads.
public final class HighWaterMarks {

    private final Journal journal;
    private final LongSupplier nanoTime;
    private final Map<Integer, Mark> marks = new ConcurrentHashMap<>();
    private final Set<Integer> unfinished = ConcurrentHashMap.newKeySet();
    private final Set<Integer> unreadable = ConcurrentHashMap.newKeySet();
    private volatile long acknowledged;

    /// While billing tells nothing, no time passes in it.
    private final Mark untold;

    /// @param unfinished earlier incarnations whose streams billing has not seen the end of
    HighWaterMarks(Journal journal, Collection<Integer> unfinished, LongSupplier nanoTime) {
        this.journal = journal;
        this.nanoTime = nanoTime;
        this.unfinished.addAll(unfinished);
        untold = new Mark(0, nanoTime.getAsLong());
    }

    /// Billing has committed all records of the incarnation below the position. Lets the journal forget them.
    public void posted(int incarnation, long nextPosition) {
        var told = new Mark(nextPosition, nanoTime.getAsLong());
        marks.merge(incarnation, told, Mark::later);
        journal.delivered(incarnation, nextPosition);
        if (isFinished(incarnation)) {
            journal.finished(incarnation);
        }
    }

    /// The position that billing posts next, 0 when it has said nothing yet.
    public long nextPosition(int incarnation) {
        return mark(incarnation).nextPosition();
    }

    /// Whether billing has the whole stream of an earlier incarnation.
    public boolean isFinished(int incarnation) {
        return incarnation != journal.incarnation().number() && !unfinished.contains(incarnation);
    }

    /// Billing has posted the stream's end. To be told before the position after it, which would else seem to
    /// be that of a record which the end stands behind.
    public void finished(int incarnation) {
        unfinished.remove(incarnation);
    }

    /// An earlier incarnation's stream, or the rest of it, cannot be read, and is not sent any more.
    void unreadable(int incarnation) {
        unreadable.add(incarnation);
    }

    /// The earlier incarnations whose streams this start still sends.
    public Set<Integer> forwarding() {
        var sent = new TreeSet<>(unfinished);
        sent.removeAll(unreadable);
        return sent;
    }

    /// The next position of this incarnation's journal.
    public long journaled() {
        return journal.position();
    }

    /// The position after the last record of this incarnation that Kafka has acknowledged.
    public long acknowledged() {
        return acknowledged;
    }

    void acknowledged(long position) {
        acknowledged = position;
    }

    Mark mark(int incarnation) {
        return marks.getOrDefault(incarnation, untold);
    }

    /// @param toldAt on the monotonic clock
    record Mark(long nextPosition, long toldAt) {

        Mark later(Mark other) {
            return new Mark(Math.max(nextPosition, other.nextPosition), other.toldAt);
        }
    }
}
