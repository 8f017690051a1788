package io.streamsync.router.publication;

import io.streamsync.router.journal.Incarnation;
import io.streamsync.router.journal.Journal;
import io.streamsync.router.journal.JournalDamagedException;
import io.streamsync.router.journal.RecoveredStream;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.publication.Registration.Unposted;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What this start has to finish of those before it.
final class EarlierStreams {

    private final Journal journal;
    private final HighWaterMarks marks;
    private final Duration stalled;
    private final RouterLog log;

    EarlierStreams(Journal journal, HighWaterMarks marks, Duration stalled, RouterLog log) {
        this.journal = journal;
        this.marks = marks;
        this.stalled = stalled;
        this.log = log;
    }

    /// A forwarder for each stream that billing has not seen the end of; the journal forgets the others.
    ///
    /// @param now Unix ms
    List<StreamForwarder> toFinish(List<Unposted> unposted, long now) {
        var left = journal.earlier().stream()
                .collect(Collectors.toMap(stream -> stream.incarnation().number(), Function.identity()));
        unposted.forEach(stream -> left.remove(stream.incarnation()));
        left.values().forEach(stream -> journal.delivered(stream.incarnation().number(), stream.next()));
        return unposted.stream().flatMap(stream -> forwarder(stream, now)).toList();
    }

    private Stream<StreamForwarder> forwarder(Unposted stream, long now) {
        var incarnation = new Incarnation(journal.incarnation().router(), stream.incarnation());
        try {
            var source = EndedStream.of(
                    stream.incarnation(), journal.reader(), journalEnd(stream), stream.nextPosition(), now);
            return Stream.of(new StreamForwarder(incarnation, source, new Stall(stalled), stream.nextPosition()));
        } catch (IOException | JournalDamagedException e) {
            log.streamUnreadable(incarnation.key(), e);
            marks.unreadable(stream.incarnation());
            return Stream.empty();
        }
    }

    private long journalEnd(Unposted stream) {
        return journal.earlier().stream()
                .filter(recovered -> recovered.incarnation().number() == stream.incarnation())
                .mapToLong(RecoveredStream::next)
                .findAny()
                .orElse(0);
    }
}
