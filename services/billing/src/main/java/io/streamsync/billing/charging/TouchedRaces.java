package io.streamsync.billing.charging;

import io.streamsync.protocol.record.StreamRecord;
import io.streamsync.protocol.record.StreamRecord.Answered;
import io.streamsync.protocol.record.StreamRecord.Verified;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which races a batch charges or verifies.
final class TouchedRaces {

    private final OpenRaces charged = new OpenRaces(List.of(), Map.of());
    private final List<Verified> verified = new ArrayList<>();
    private final Set<Long> blocks = new HashSet<>();
    private long latest = -1;

    void take(StreamRecord record) {
        if (record instanceof Answered answered && answered.outcome().feeNano() > 0) {
            var sequence = answered.race().sequence();
            if (!charged.isOpen(sequence)) {
                charged.charged(sequence, 0);
            }
            touch(OpenRaces.block(sequence));
        } else if (record instanceof Verified verdict && verdict.feeNano() > 0) {
            verified.add(verdict);
            touch(OpenRaces.block(verdict.sequence()));
        }
    }

    /// In blocks of neighbours.
    Collection<Long> blocks() {
        return blocks;
    }

    /// Sequences of races with a verdict that were not charged in this batch, nor wait for it.
    List<Long> unknownTo(OpenRaces before) {
        return verified.stream()
                .map(Verified::sequence)
                .filter(sequence -> !charged.isOpen(sequence) && !before.isOpen(sequence))
                .toList();
    }

    private void touch(long block) {
        if (block != latest) {
            latest = block;
            blocks.add(block);
        }
    }
}
