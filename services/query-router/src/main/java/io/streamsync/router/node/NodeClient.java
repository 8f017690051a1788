package io.streamsync.router.node;

import io.netty.util.concurrent.FastThreadLocal;
import io.streamsync.router.log.RouterLog;
import java.time.Duration;

/// Asks nodes. Every event loop has its own connections, so asking takes no lock and never leaves the loop.
public final class NodeClient {

    /// In bytes: what of an answer is held at most, where it is held whole: in a batch, where a second
    /// operator must say the same, where it is compared in full.
    public static final int LARGEST_HELD = 16 * 1024 * 1024;

    private final FastThreadLocal<LoopConnections> connections = new FastThreadLocal<>();
    private final NodeLimits limits;
    private final NodeTls tls;
    private final RouterLog log;

    /// @param timeout how long a node may take for a whole answer
    /// @param largestAnswer in bytes
    /// @param memoryBytes what long answers of all nodes together may take
    public NodeClient(Duration timeout, int largestAnswer, long memoryBytes, RouterLog log) {
        this(NodeLimits.of(timeout, largestAnswer, memoryBytes), NodeTls.trustingTheSystem(), log);
    }

    NodeClient(NodeLimits limits, NodeTls tls, RouterLog log) {
        this.limits = limits;
        this.tls = tls;
        this.log = log;
    }

    /// This customer's share of the memory for long answers: what of it an answer took is given back once
    /// nobody reads the answer any more.
    public AnswerMemory.Share memory(String accountId) {
        return limits.memory().of(accountId);
    }

    /// What long answers take now.
    public long heldBytes() {
        return limits.memory().held();
    }

    /// Lets shares go that nobody uses.
    public void tidy() {
        limits.memory().tidy();
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
