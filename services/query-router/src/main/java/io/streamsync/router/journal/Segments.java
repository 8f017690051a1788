package io.streamsync.router.journal;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The segments that exist, and their bytes. Safe for use by many threads.
final class Segments {

    private final Disk disk;
    private final ConcurrentNavigableMap<SegmentName, AtomicLong> sizes = new ConcurrentSkipListMap<>();
    private final AtomicLong bytes = new AtomicLong();

    Segments(Disk disk) {
        this.disk = disk;
    }

    /// Bytes of all segments together.
    long bytes() {
        return bytes.get();
    }

    void add(SegmentName name, long size) {
        sizes.put(name, new AtomicLong(size));
        bytes.addAndGet(size);
    }

    void grow(SegmentName name, long by) {
        var size = sizes.get(name);
        if (size != null) {
            size.addAndGet(by);
            bytes.addAndGet(by);
        }
    }

    /// The segment that holds a position, if there is one that may.
    @Nullable
    SegmentName holding(int incarnation, long position) {
        var name = sizes.floorKey(new SegmentName(incarnation, position));
        return name != null && name.incarnation() == incarnation ? name : null;
    }

    /// Deletes the segments of an incarnation whose records all stand below a position.
    ///
    /// @param end the position after the incarnation's last record, or -1 when the last segment stays
    synchronized void deleteBelow(int incarnation, long position, long end) throws IOException {
        var mine = sizes.subMap(new SegmentName(incarnation, 0), new SegmentName(incarnation + 1, 0));
        for (var segment : mine.entrySet()) {
            var next = sizes.higherKey(segment.getKey());
            var last = next == null || next.incarnation() != incarnation;
            var segmentEnd = last ? end : next.first();
            if (segmentEnd < 0 || segmentEnd > position) {
                return;
            }
            delete(segment);
        }
    }

    private void delete(Map.Entry<SegmentName, AtomicLong> segment) throws IOException {
        disk.delete(segment.getKey().file());
        sizes.remove(segment.getKey());
        bytes.addAndGet(-segment.getValue().get());
    }
}
