package io.streamsync.router.journal;

import io.streamsync.router.log.RouterLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The journal as the last process left it: locked, its torn tails cut off, ready for the next incarnation.
public final class Recovery implements AutoCloseable {

    private final Disk disk;
    private final JournalProperties properties;
    private final Segments segments;
    private final RouterLog log;
    private final Map<Integer, RecoveredStream> streams = new TreeMap<>();

    private Recovery(Disk disk, JournalProperties properties, RouterLog log) {
        this.log = log;
        this.disk = disk;
        this.properties = properties;
        segments = new Segments(disk);
    }

    static Recovery of(Disk disk, JournalProperties properties, RouterLog log) throws IOException {
        var recovery = new Recovery(disk, properties, log);
        var names = disk.names().stream()
                .flatMap(file -> SegmentName.of(file).stream())
                .sorted()
                .toList();
        for (var i = 0; i < names.size(); i++) {
            var name = names.get(i);
            var last = i + 1 == names.size() || names.get(i + 1).incarnation() != name.incarnation();
            recovery.recover(name, last);
        }
        return recovery;
    }

    /// The router's earlier incarnations, the oldest first.
    ///
    /// @throws IllegalStateException when they are another router's, and show of none that it is dead
    public List<RecoveredStream> streams(int router) {
        for (var stream : streams.values()) {
            if (stream.incarnation().router() != router) {
                var owner = stream.incarnation().router();
                log.journalOfAnother(owner, router);
                throw new IllegalStateException(
                        "the journal belongs to router " + owner + ", this is router " + router);
            }
        }
        return new ArrayList<>(streams.values());
    }

    /// Opens the journal for a new incarnation. A later one in it means that billing has forgotten starts of
    /// this router, as after going back to a copy of its database: then nobody can say what of the journal it
    /// has.
    ///
    /// @param onFailure told once, when a write or sync has failed and nothing is taken any more
    public Journal begin(Incarnation incarnation, Consumer<Throwable> onFailure) {
        for (var stream : streams(incarnation.router())) {
            if (stream.incarnation().number() >= incarnation.number()) {
                throw new IllegalStateException(
                        "incarnation " + stream.incarnation().number()
                                + " has been here before, billing calls this start " + incarnation.number()
                                + ": it has forgotten starts of this router");
            }
        }
        try {
            var writer = new SegmentWriter(
                    disk, segments, incarnation, properties.segmentSize().toBytes());
            return new Journal(incarnation, disk, segments, Map.copyOf(streams), writer, properties, onFailure, log)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("no new segment can be written", e);
        }
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }

    private void recover(SegmentName name, boolean last) throws IOException {
        var before = streams.get(name.incarnation());
        if (before != null && before.next() != name.first()) {
            throw new JournalDamagedException(name.file(), "the segment before it ends at " + before.next());
        }
        var recovered = new SegmentRecovery(disk, name, last).recover();
        if (recovered.isPresent()) {
            var segment = recovered.get();
            segments.add(name, segment.bytes());
            streams.put(name.incarnation(), stream(before, name, segment));
        }
    }

    private static RecoveredStream stream(
            @Nullable RecoveredStream before, SegmentName name, SegmentRecovery.Recovered segment) {
        return new RecoveredStream(
                segment.incarnation(), before == null ? name.first() : before.first(), segment.next());
    }
}
