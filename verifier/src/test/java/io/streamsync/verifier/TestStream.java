package io.streamsync.verifier;

import io.streamsync.protocol.record.StreamRecord;
import io.streamsync.protocol.record.StreamRecord.EpochEnded;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.protocol.settlement.Leaf;
import io.streamsync.verifier.publication.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// The records of one stream, in the order of their positions; open to forgers.
final class TestStream {

    final StreamName name;
    final List<StreamRecord> records = new ArrayList<>();

    TestStream(StreamName name) {
        this.name = name;
    }

    /// Changes the first record of the kind for which it holds.
    <R extends StreamRecord> R change(Class<R> kind, Predicate<R> which, UnaryOperator<R> how) {
        for (var i = 0; i < records.size(); i++) {
            var record = records.get(i);
            if (kind.isInstance(record) && which.test(kind.cast(record))) {
                records.set(i, how.apply(kind.cast(record)));
                return kind.cast(record);
            }
        }
        throw new IllegalStateException("no such record");
    }

    <R extends StreamRecord> List<R> all(Class<R> kind) {
        return records.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// The leaves of a window: from behind the mark of the epoch before to behind its own, or to the end.
    List<Leaf> leaves(long epoch) {
        var leaves = new ArrayList<Leaf>();
        var from = end(epoch - 1);
        for (var position = from; position < end(epoch); position++) {
            leaves.add(new Leaf(
                    name.router(),
                    name.incarnation(),
                    position,
                    StreamRecords.publicPart(StreamRecords.encode(records.get(position)))));
        }
        return leaves;
    }

    private int end(long epoch) {
        for (var i = 0; i < records.size(); i++) {
            if (records.get(i) instanceof EpochEnded mark && mark.epoch() >= epoch) {
                return mark.epoch() == epoch ? i + 1 : 0;
            }
        }
        return records.size();
    }
}
