package io.streamsync.billing.settlement;

import io.streamsync.billing.archive.FrameDigest;
import io.streamsync.billing.archive.FrameDigests;
import io.streamsync.billing.archive.FrameDigests.Days;
import io.streamsync.protocol.settlement.StreamRange;
import io.streamsync.protocol.settlement.Sums;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a window comes to, worked out range by range from the digests of its frames.
final class WindowContent {

    /// Before all days that anything is kept under, and after.
    private static final LocalDate EARLIEST = LocalDate.EPOCH;

    private static final LocalDate LATEST = LocalDate.of(9999, 12, 31);

    private final FrameDigests digests;
    private final BlockTree tree = new BlockTree();
    private final List<SettledRange> ranges = new ArrayList<>();
    private final SortedSet<String> versions = new TreeSet<>();
    private Sums sums = Sums.NOTHING;

    WindowContent(FrameDigests digests) {
        this.digests = digests;
    }

    /// All days are looked through: a clock that was set back has frames kept under an earlier day than those before.
    void add(StreamRange range) {
        var firstLeaf = tree.count();
        var kept = new Object() {
            LocalDate first = LATEST;
            LocalDate last = EARLIEST;
        };
        digests.read(range, new Days(EARLIEST, LATEST), read -> {
            kept.first = read.postedOn().isBefore(kept.first) ? read.postedOn() : kept.first;
            kept.last = read.postedOn().isAfter(kept.last) ? read.postedOn() : kept.last;
            add(read.digest());
        });
        ranges.add(new SettledRange(range, firstLeaf, new Days(kept.first, kept.last)));
    }

    private void add(FrameDigest digest) {
        for (var index = 0; index < digest.count(); index++) {
            tree.add(digest.leafHash(index));
        }
        sums = sums.plus(digest.sums());
        versions.addAll(digest.versions());
    }

    List<SettledRange> ranges() {
        return ranges;
    }

    long leafCount() {
        return tree.count();
    }

    Sums sums() {
        return sums;
    }

    /// @param inForce stands first
    List<String> versions(String inForce) {
        var all = new ArrayList<String>();
        all.add(inForce);
        versions.stream().filter(version -> !version.equals(inForce)).forEach(all::add);
        return all;
    }

    /// Nothing can be added afterwards.
    BlockTree.Finished finish() {
        return tree.finish();
    }
}
