package io.streamsync.router.race;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;

/// Whether the heap is nearly full even after the last collection: then every further query brings the end nearer.
final class HeapRest {

    private static final double FULL = 0.9;

    private final List<MemoryPoolMXBean> pools;

    HeapRest() {
        pools = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP
                        && pool.isUsageThresholdSupported()
                        && pool.isCollectionUsageThresholdSupported()
                        && pool.getUsage().getMax() > 0)
                .toList();
        pools.forEach(pool ->
                pool.setCollectionUsageThreshold((long) (FULL * pool.getUsage().getMax())));
    }

    boolean isShort() {
        for (var pool : pools) {
            if (pool.isCollectionUsageThresholdExceeded()) {
                return true;
            }
        }
        return false;
    }
}
