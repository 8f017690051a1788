package io.streamsync.reputation.score;

import io.streamsync.protocol.score.DecayedMean;
import io.streamsync.reputation.score.Observation.Confirmation;
import io.streamsync.reputation.score.Observation.ConfirmedProbe;
import io.streamsync.reputation.score.Observation.Conflict;
import io.streamsync.reputation.score.Observation.Contradiction;
import io.streamsync.reputation.score.Observation.Performance;
import io.streamsync.reputation.score.Observation.Presence;
import java.time.Instant;
import java.util.Optional;

/// What an observation adds to a mean.
record Sample(MeanKey key, double value, double count, Instant at) {

    /// A contradiction weighs as much as two confirmations (protocol, Reputation).
    private static final double CONTRADICTION = 2;

    /// Empty for an observation that moves no mean.
    static Optional<Sample> of(Observation observation, Instant at) {
        return switch (observation) {
            case Performance(var node, var queryClass, var value) ->
                Optional.of(new Sample(
                        new MeanKey(node.value(), Measure.PERFORMANCE, queryClass.wireName()), value, 1, at));
            case Presence(var node, var answered) ->
                Optional.of(new Sample(new MeanKey(node.value(), Measure.UPTIME, ""), answered ? 1 : 0, 1, at));
            case Confirmation(var _, var operator) -> Optional.of(new Sample(accuracy(operator.value()), 1, 1, at));
            case Contradiction(var operator) ->
                Optional.of(new Sample(accuracy(operator.value()), 0, CONTRADICTION, at));
            case Conflict _, ConfirmedProbe _ -> Optional.empty();
        };
    }

    DecayedMean addedTo(DecayedMean mean) {
        return key.measure().observe(mean, value, count, at);
    }

    private static MeanKey accuracy(String operator) {
        return new MeanKey(operator, Measure.ACCURACY, "");
    }
}
