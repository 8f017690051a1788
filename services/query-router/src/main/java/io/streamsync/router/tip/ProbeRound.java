package io.streamsync.router.tip;

import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.tip.Commitment;
import io.streamsync.router.log.RouterLog;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What one round of probes brought. Belongs to the loop of the probes.
final class ProbeRound {

    private final long number;
    private final Tips tips;
    private final ProbeTopic topic;
    private final InstantSource clock;
    private final RouterLog log;
    private final List<OperatorId> answered = new ArrayList<>();
    private final List<Failed> failed = new ArrayList<>();
    private int open;

    /// @param probes how many there will be
    ProbeRound(long number, int probes, Tips tips, ProbeTopic topic, InstantSource clock, RouterLog log) {
        this.number = number;
        this.open = probes;
        this.tips = tips;
        this.topic = topic;
        this.clock = clock;
        this.log = log;
    }

    void answered(Probe probe, long askedAt) {
        var slot = Objects.requireNonNull(probe.slot());
        tips.told(probe.upstream(), Commitment.PROCESSED, slot, askedAt);
        probe.upstream().probed(System.nanoTime());
        answered.add(probe.countsAs());
        tell(probe, true);
    }

    void failed(Probe probe, String reason) {
        failed.add(new Failed(probe, reason));
        tell(probe, false);
    }

    /// A node that had no time for this router's probes has neither answered nor failed.
    void unknown() {
        closeOne();
    }

    private void tell(Probe probe, boolean isAnswered) {
        topic.tell(number, clock.instant(), probe, isAnswered);
        closeOne();
    }

    private void closeOne() {
        open--;
        if (open == 0) {
            failed.forEach(this::count);
        }
    }

    /// Only where another operator answered: else it may be this router that reaches nobody.
    private void count(Failed failure) {
        var probe = failure.probe;
        var counts = answered.stream().anyMatch(other -> !other.equals(probe.countsAs()));
        if (counts && probe.upstream().failed(probe.askedAt(), System.nanoTime())) {
            log.nodeCircuitOpened(probe.node().id().value(), "probe: " + failure.reason);
        }
    }

    private record Failed(Probe probe, String reason) {}
}
