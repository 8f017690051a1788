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
import java.util.Optional;
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

    /// A forwarder for each stream of the journal that billing has not seen the end of; the journal forgets the others.
    ///
    /// @param now Unix ms
    List<StreamForwarder> toFinish(List<Unposted> unposted, long now) {
        var left = journal.earlier().stream()
                .collect(Collectors.toMap(stream -> stream.incarnation().number(), Function.identity()));
        unposted.forEach(stream -> left.remove(stream.incarnation()));
        left.keySet().forEach(journal::finished);
        return unposted.stream().flatMap(stream -> forwarder(stream, now)).toList();
    }

    /// A stream that the journal has nothing of may be another process's, which lives. Its end is not for us to tell:
    /// billing gives it up when it has been silent for long.
    private Stream<StreamForwarder> forwarder(Unposted stream, long now) {
        var incarnation = new Incarnation(journal.incarnation().router(), stream.incarnation());
        var recovered = recovered(stream);
        if (recovered.isEmpty()) {
            log.streamUnknown(incarnation.key());
            marks.unreadable(stream.incarnation());
            return Stream.empty();
        }
        try {
            var source = EndedStream.of(
                    stream.incarnation(), journal.reader(), recovered.get().next(), stream.nextPosition(), now);
            return Stream.of(new StreamForwarder(incarnation, source, new Stall(stalled), stream.nextPosition()));
        } catch (IOException | JournalDamagedException e) {
            log.streamUnreadable(incarnation.key(), e);
            marks.unreadable(stream.incarnation());
            return Stream.empty();
        }
    }

    private Optional<RecoveredStream> recovered(Unposted stream) {
        return journal.earlier().stream()
                .filter(recovered -> recovered.incarnation().number() == stream.incarnation())
                .findAny();
    }
}
