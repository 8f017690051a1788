package io.streamsync.reputation.probing;

import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.reputation.listing.Listings;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Probes every node that sells something, once a round, and tells what came. Of several instances one takes a round.
@Component
class ProbeRounds implements DisposableBean {

    /// A thousand nodes of which each waits for its time limit are through in less than half a minute.
    private static final int AT_ONCE = 200;

    private final Listings listings;
    private final ProbeTurns turns;
    private final ListedHostNames names;
    private final OwnProbes probes;
    private final ProbingLog log;
    private final InstantSource clock;
    private final long intervalMillis;

    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final AtomicBoolean running = new AtomicBoolean();
    private long lastRound = -1;

    ProbeRounds(
            Listings listings,
            ProbeTurns turns,
            ListedHostNames names,
            OwnProbes probes,
            ProbingLog log,
            InstantSource clock,
            Parameters parameters) {
        this.listings = listings;
        this.turns = turns;
        this.names = names;
        this.probes = probes;
        this.log = log;
        this.clock = clock;
        this.intervalMillis = parameters.probeInterval().toMillis();
    }

    /// Begins the round that is due, unless the one before still runs. The round itself has threads of its own: what
    /// else is scheduled does not wait for nodes.
    @Scheduled(fixedDelay = 200)
    void begin() {
        var round = clock.millis() / intervalMillis;
        if (round != lastRound && running.compareAndSet(false, true)) {
            lastRound = round;
            calls.execute(() -> run(round));
        }
    }

    @Override
    public void destroy() {
        calls.shutdownNow();
    }

    private void run(long round) {
        try {
            if (turns.take(round)) {
                probeAll(round);
            }
        } catch (RuntimeException failed) {
            log.roundFailed(round, failed);
        } finally {
            running.set(false);
        }
    }

    private void probeAll(long round) {
        var nodes = listings.selling();
        names.know(nodes);
        for (var node : nodes) {
            places.acquireUninterruptibly();
            calls.execute(() -> {
                try {
                    probes.probe(node, round);
                } catch (RuntimeException failed) {
                    log.probeFailed(node.nodeId(), failed);
                } finally {
                    places.release();
                }
            });
        }
    }
}
