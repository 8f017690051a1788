package io.streamsync.reputation.publication;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.streamsync.reputation.score.Score;
import java.math.BigDecimal;
import java.util.List;

/// A node's reputation with its performance in each class where it was observed, and how it came about.
record NodeReputation(
        @JsonUnwrapped Reputation reputation, List<ClassPerformance> classes, List<ScoreHistory.Point> history) {

    static NodeReputation of(Reputation reputation, Score score, List<ScoreHistory.Point> history) {
        return new NodeReputation(
                reputation,
                score.performanceByName().entrySet().stream()
                        .map(entry -> new ClassPerformance(entry.getKey(), Decimals.ofMillionths(entry.getValue())))
                        .toList(),
                history);
    }

    /// @param queryClass a class's name
    record ClassPerformance(String queryClass, BigDecimal performance) {}
}
