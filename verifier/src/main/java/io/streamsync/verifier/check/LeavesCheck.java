package io.streamsync.verifier.check;

import io.streamsync.protocol.record.PublicRecord;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.protocol.settlement.GrowingTree;
import io.streamsync.protocol.settlement.MerkleTree;
import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.protocol.settlement.StreamRange;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import io.streamsync.verifier.publication.PublishedLeaf;
import io.streamsync.verifier.publication.StreamName;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether the leaves are those that were signed: one per position of the ranges, in their order, making up the root.
final class LeavesCheck {

    private final SettlementHeader header;
    private final Findings findings;
    private final GrowingTree tree = new GrowingTree();
    private final Iterator<StreamRange> ranges;
    private @Nullable StreamRange range;
    private long next;
    private boolean isAstray;

    LeavesCheck(SettlementHeader header, Findings findings) {
        this.header = header;
        this.findings = findings;
        this.ranges = header.ranges().iterator();
        nextRange();
    }

    /// @return the record; empty when the bytes are none
    Optional<PublicRecord> take(PublishedLeaf leaf) {
        tree.add(MerkleTree.leafHash(leaf.bytes()));
        place(leaf);
        try {
            return Optional.of(StreamRecords.decodePublic(leaf.bytes()));
        } catch (IllegalArgumentException damaged) {
            findings.add(
                    FindingCode.LEAF_UNREADABLE,
                    Where.position(header.epoch(), leaf.stream(), leaf.position()),
                    "a record's public part",
                    damaged.getMessage());
            return Optional.empty();
        }
    }

    void finish() {
        var where = Where.window(header.epoch());
        findings.same(FindingCode.LEAF_COUNT, where, header.leafCount(), tree.count());
        findings.same(FindingCode.ROOT, where, header.root(), HexFormat.of().formatHex(tree.root()));
    }

    long count() {
        return tree.count();
    }

    /// Told once: whatever follows the first that is out of place is out of place, too.
    private void place(PublishedLeaf leaf) {
        if (isAstray) {
            return;
        }
        var due = range;
        if (due == null
                || !leaf.stream().equals(new StreamName(due.router(), due.incarnation()))
                || leaf.position() != next) {
            isAstray = true;
            findings.add(
                    FindingCode.POSITION_GAP,
                    Where.position(header.epoch(), leaf.stream(), leaf.position()),
                    due == null
                            ? "no leaf behind the last range"
                            : "position " + next + " of router " + due.router() + "/" + due.incarnation(),
                    "this one");
            return;
        }
        next++;
        if (next == due.to()) {
            nextRange();
        }
    }

    private void nextRange() {
        range = ranges.hasNext() ? ranges.next() : null;
        next = range == null ? 0 : range.from();
    }
}
