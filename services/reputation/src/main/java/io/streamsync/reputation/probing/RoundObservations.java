package io.streamsync.reputation.probing;

import io.streamsync.reputation.score.Observation;
import io.streamsync.reputation.score.Observation.ConfirmedProbe;
import io.streamsync.reputation.score.Observation.Presence;
import io.streamsync.reputation.score.Observations;
import java.util.List;
import java.util.function.Predicate;

/// The rule: what a whole round of one prober's probes shows of each node (protocol, Reputation: uptime). A round in
/// which under half of all operators answered is void: then the prober was cut off, or the chain stood still.
final class RoundObservations {

    /// As far behind as admission lets a node be; less than a minute of the chain.
    private static final long FARTHEST_SLOTS = 128;

    private RoundObservations() {}

    static List<Observations> of(List<Probe> round) {
        if (2 * operators(round, Probe::answered) < operators(round, _ -> true)) {
            return List.of();
        }
        return round.stream()
                .map(probe -> new Observations(probe.at(), observations(probe, round)))
                .toList();
    }

    private static List<Observation> observations(Probe probe, List<Probe> round) {
        var presence = new Presence(probe.nodeId(), probe.answered());
        return isConfirmed(probe, round) ? List.of(presence, new ConfirmedProbe(probe.nodeId())) : List.of(presence);
    }

    /// Half of the operators or more must see the chain about where the node sees it: one that stands still, or makes
    /// its slot up, earns no way out of probation.
    private static boolean isConfirmed(Probe probe, List<Probe> round) {
        var near = operators(round, other -> isNear(probe, other));
        return near > 1 && 2 * near >= operators(round, Probe::answered);
    }

    private static boolean isNear(Probe probe, Probe other) {
        var own = probe.slot();
        var others = other.slot();
        return own != null && others != null && Math.abs(own - others) <= FARTHEST_SLOTS;
    }

    private static long operators(List<Probe> round, Predicate<Probe> which) {
        return round.stream().filter(which).map(Probe::operatorId).distinct().count();
    }
}
