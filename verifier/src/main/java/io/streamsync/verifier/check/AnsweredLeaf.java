package io.streamsync.verifier.check;

import io.streamsync.protocol.record.PublicRecord;
import io.streamsync.protocol.record.StreamRecord.AskedPlace;
import io.streamsync.verifier.finding.Where;
import io.streamsync.verifier.publication.StreamName;
import org.jspecify.annotations.Nullable;

/// An ANSWERED at its place.
record AnsweredLeaf(long window, StreamName stream, long position, PublicRecord.Answered record) {

    Where where() {
        return Where.race(window, stream, position, sequence());
    }

    long sequence() {
        return record.race().sequence();
    }

    /// Null when nobody won, or nobody who was asked.
    @Nullable
    AskedPlace winner() {
        var winner = record.outcome().winner();
        return winner < 0 || winner >= record.asked().places().size()
                ? null
                : record.asked().places().get(winner);
    }
}
