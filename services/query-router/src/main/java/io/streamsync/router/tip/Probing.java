package io.streamsync.router.tip;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.streamsync.protocol.market.ListedNode;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.market.Market;
import io.streamsync.router.market.MarketView;
import io.streamsync.router.node.Loop;
import io.streamsync.router.node.NodeClient;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/// Asks every node that sells anything for its slot, once per round, and works out the reach. On a loop of its own with
/// connections of its own: no query waits for a probe, and none is counted as a customer's.
final class Probing implements SmartLifecycle {

    /// After the market, before races.
    private static final int PHASE = 500;

    /// Several times per slot.
    private static final long TICK_MILLIS = 100;

    private final Market market;
    private final Tips tips;
    private final NodeClient nodes;
    private final ProbeTopic topic;
    private final int router;
    private final long intervalMillis;
    private final InstantSource clock;
    private final RouterLog log;
    private volatile @Nullable EventLoopGroup group;
    private long lastRound = -1;

    Probing(
            Market market,
            Tips tips,
            NodeClient nodes,
            ProbeTopic topic,
            int router,
            Parameters parameters,
            InstantSource clock,
            RouterLog log) {
        this.market = market;
        this.tips = tips;
        this.nodes = nodes;
        this.topic = topic;
        this.router = router;
        this.intervalMillis = parameters.probeInterval().toMillis();
        this.clock = clock;
        this.log = log;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the loop
    public void start() {
        var started =
                new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("probes", true), NioIoHandler.newFactory());
        var loop = new Loop(started.next(), NioSocketChannel.class);
        loop.events().scheduleWithFixedDelay(() -> tick(loop), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        group = started;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nothing waits for it
    public void stop() {
        if (group != null) {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            group = null;
        }
        topic.close();
    }

    @Override
    public boolean isRunning() {
        return group != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private void tick(Loop loop) {
        try {
            var view = market.current();
            tips.refresh(view);
            var round = clock.millis() / intervalMillis;
            if (round != lastRound && market.isReady()) {
                ask(round, view, loop);
                lastRound = round;
            }
            topic.flush();
        } catch (RuntimeException e) {
            log.probingFailed(e);
        }
    }

    private void ask(long number, MarketView view, Loop loop) {
        var selling = view.snapshot().nodes().stream()
                .filter(node -> !node.offers().isEmpty())
                .toList();
        var round = new ProbeRound(number, selling.size(), tips, topic, clock, log);
        for (var node : selling) {
            var countsAs = view.snapshot().operator(node.operatorId()).countsAs();
            var probe = new Probe(round, node, countsAs, view.upstream(node.id()));
            ask(probe, loop, lastRound < 0 ? 0 : delay(node));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with the loop
    private void ask(Probe probe, Loop loop, long delayMillis) {
        loop.events().schedule(() -> ask(probe, loop), delayMillis, TimeUnit.MILLISECONDS);
    }

    /// One that cannot be asked must not keep its round open.
    private void ask(Probe probe, Loop loop) {
        probe.asked(System.nanoTime());
        try {
            nodes.ask(loop, probe.upstream(), probe.request(), true, probe);
        } catch (RuntimeException e) {
            log.probingFailed(e);
            probe.broke();
        }
    }

    /// Somewhere in the round's first half, at another place for every node and router: neither this router nor a node
    /// meets all its probes at once. The first round, without which nothing is known, is asked at once.
    private long delay(ListedNode node) {
        return Math.floorMod(31 * node.id().value().hashCode() + 7919 * router, Math.max(1, intervalMillis / 2));
    }
}
