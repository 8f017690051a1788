package io.streamsync.reputation.score;

import io.streamsync.protocol.market.QueryClass;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// How good a node is, in millionths: the integers that the draw works with.
///
/// @param performance by class, where it was observed
/// @param accuracy of its operator
/// @param verifiedRaces confirmed answers of the node in races and to probes, ever
/// @param flagged whether its operator has an open outlier flag
public record Score(
        Map<QueryClass, Integer> performance, int accuracy, int uptime, long verifiedRaces, boolean flagged) {

    /// The performance of a newcomer (protocol, Reputation).
    private static final double NEW = 500_000;

    public Score {
        performance = Map.copyOf(performance);
    }

    /// The mean over the classes with observations, a newcomer's where there are none.
    public int meanPerformance() {
        var mean = performance.values().stream().mapToInt(Integer::intValue).average();
        return Math.toIntExact(Math.round(mean.orElse(NEW)));
    }

    /// By the names of the classes, in the order of the classes.
    public Map<String, Integer> performanceByName() {
        var byName = new LinkedHashMap<String, Integer>();
        new TreeMap<>(performance).forEach((queryClass, score) -> byName.put(queryClass.wireName(), score));
        return byName;
    }
}
