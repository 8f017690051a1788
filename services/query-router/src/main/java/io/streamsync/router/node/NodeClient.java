package io.streamsync.router.node;

import io.netty.util.concurrent.FastThreadLocal;
import io.streamsync.router.log.RouterLog;
import java.time.Duration;

/// Asks nodes. Every event loop has its own connections, so asking takes no lock and never leaves the loop.
public final class NodeClient {

    private final FastThreadLocal<LoopConnections> connections = new FastThreadLocal<>();
    private final NodeLimits limits;
    private final NodeTls tls;
    private final RouterLog log;

    /// @param timeout how long a node may take for a whole answer
    /// @param largestAnswer in bytes
    public NodeClient(Duration timeout, int largestAnswer, RouterLog log) {
        this(NodeLimits.of(timeout, largestAnswer), NodeTls.trustingTheSystem(), log);
    }

    NodeClient(NodeLimits limits, NodeTls tls, RouterLog log) {
        this.limits = limits;
        this.tls = tls;
        this.log = log;
    }

    /// To be called for every answer that was held once nobody reads it any more. Callable from any thread.
    public void release(byte[] body) {
        limits.memory().shrink(body.length, 0);
    }

    /// Must be called on the loop; the reply comes there too, never before this returns.
    ///
    /// @param request the JSON-RPC request; not changed, not kept longer than until the reply
    /// @param repeatable whether the request may be sent again when a kept connection turns out to be dead
    public void ask(Loop loop, Upstream node, byte[] request, boolean repeatable, NodeReply reply) {
        var here = connections.get();
        if (here == null) {
            here = new LoopConnections(loop, limits, tls, log);
            connections.set(here);
        }
        here.pool(node).ask(new Exchange(request, repeatable, System.nanoTime() + limits.timeoutNanos(), reply));
    }
}
