package io.streamsync.reputation.score;

import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.score.DecayedMean;
import io.streamsync.reputation.outlier.Flags;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// The scores of all nodes and operators: moved by observations, faded by time.
@Service
public class Scores {

    private final Means means;
    private final Tallies tallies;
    private final Flags flags;

    Scores(Means means, Tallies tallies, Flags flags) {
        this.means = means;
        this.tallies = tallies;
        this.flags = flags;
    }

    /// Moves the scores, in the transaction that says that these observations are not made again.
    @Transactional(propagation = Propagation.MANDATORY)
    public void observe(List<Observations> seen) {
        addSamples(seen);
        addTallies(seen);
    }

    /// The scores of nodes, each with its operator, as they stand at a time.
    @Transactional(readOnly = true)
    public Map<NodeId, Score> of(Map<NodeId, OperatorId> operators, Instant now) {
        var subjects = new HashSet<String>();
        operators.forEach((node, operator) -> {
            subjects.add(node.value());
            subjects.add(operator.value());
        });
        var known = means.of(subjects);
        var confirmed = tallies.of(subjects, Tally.CONFIRMED_ANSWERS);
        var flagged = flags.openOf(new HashSet<>(operators.values()));
        var scores = new HashMap<NodeId, Score>();
        operators.forEach((node, operator) -> scores.put(
                node,
                score(
                        known,
                        node,
                        operator,
                        confirmed.getOrDefault(node.value(), 0L),
                        flagged.contains(operator),
                        now)));
        return scores;
    }

    /// Whose scores moved by observation since this was asked last; in the caller's transaction.
    @Transactional(propagation = Propagation.MANDATORY)
    public Moved takeMoved() {
        var nodes = new HashSet<NodeId>();
        var operators = new HashSet<>(flags.takeMoved());
        for (var key : means.takeMoved()) {
            switch (key.measure()) {
                case PERFORMANCE, UPTIME -> nodes.add(new NodeId(key.subject()));
                case ACCURACY -> operators.add(new OperatorId(key.subject()));
            }
        }
        return new Moved(nodes, operators);
    }

    private void addSamples(List<Observations> seen) {
        var samples = seen.stream()
                .flatMap(one -> one.all().stream().flatMap(observation -> Sample.of(observation, one.at()).stream()))
                .toList();
        if (samples.isEmpty()) {
            return;
        }
        var keys = new TreeSet<MeanKey>();
        samples.forEach(sample -> keys.add(sample.key()));
        var current = means.lock(keys);
        for (var sample : samples) {
            current.computeIfPresent(sample.key(), (key, mean) -> sample.addedTo(mean));
        }
        means.save(current);
    }

    private void addTallies(List<Observations> seen) {
        var counts = new TreeMap<TallyKey, Long>();
        seen.stream()
                .flatMap(one -> one.all().stream())
                .flatMap(observation -> TallyKey.of(observation).stream())
                .forEach(key -> counts.merge(key, 1L, Long::sum));
        if (!counts.isEmpty()) {
            tallies.add(counts);
        }
    }

    private static Score score(
            Map<MeanKey, DecayedMean> known,
            NodeId node,
            OperatorId operator,
            long confirmed,
            boolean flagged,
            Instant now) {
        var performance = new EnumMap<QueryClass, Integer>(QueryClass.class);
        for (var queryClass : QueryClass.values()) {
            var mean = known.get(new MeanKey(node.value(), Measure.PERFORMANCE, queryClass.wireName()));
            if (mean != null) {
                performance.put(queryClass, Measure.PERFORMANCE.millionths(mean, now));
            }
        }
        var accuracy = known.get(new MeanKey(operator.value(), Measure.ACCURACY, ""));
        var uptime = known.get(new MeanKey(node.value(), Measure.UPTIME, ""));
        return new Score(
                performance,
                Measure.ACCURACY.millionths(accuracy, now),
                Measure.UPTIME.millionths(uptime, now),
                confirmed,
                flagged);
    }
}
