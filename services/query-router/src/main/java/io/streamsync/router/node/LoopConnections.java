package io.streamsync.router.node;

import io.streamsync.router.log.RouterLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The connections of one event loop, by node, and the sweep that ends what took too long. One timer for all of them:
/// setting and cancelling one per question would cost more than the sweep.
final class LoopConnections {

    /// How much later than its limit something may end: a hundredth of the node's five seconds.
    private static final long SWEEP_MILLIS = 50;

    private final Map<Upstream, NodePool> pools = new HashMap<>();
    private final Loop loop;
    private final NodeLimits limits;
    private final NodeTls tls;
    private final RouterLog log;

    @SuppressWarnings("FutureReturnValueIgnored") // swept as long as the loop runs
    LoopConnections(Loop loop, NodeLimits limits, NodeTls tls, RouterLog log) {
        this.loop = loop;
        this.limits = limits;
        this.tls = tls;
        this.log = log;
        loop.events().scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    NodePool pool(Upstream node) {
        var pool = pools.get(node);
        if (pool == null) {
            pool = new NodePool(node.endpoint(), loop, limits, tls, log);
            pools.put(node, pool);
        }
        return pool;
    }

    /// Over a copy: a race that is told of a timeout may ask other nodes at once.
    private void sweep() {
        var now = System.nanoTime();
        for (var pool : List.copyOf(pools.values())) {
            pool.sweep(now);
        }
        pools.values().removeIf(NodePool::isEmpty);
    }
}
