package io.streamsync.router.market;

import io.streamsync.events.reputation.ScorePublished;
import io.streamsync.protocol.market.ListedNode;
import io.streamsync.protocol.market.ListedOperator;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.Offer;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.Quality;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.parameters.Parameters;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Puts listings and scores together into a snapshot. From here on there are only integers.
final class Snapshots {

    /// Scores of the new (protocol, Reputation), in millionths.
    private static final int NEW_PERFORMANCE = 500_000;

    private static final int NEW_ACCURACY = 800_000;
    private static final int NEW_UPTIME = 500_000;

    private final Parameters parameters;
    private final Map<String, ScorePublished> scores;
    private final Map<OperatorId, ListedOperator> operators = new HashMap<>();

    private Snapshots(Parameters parameters, Map<String, ScorePublished> scores) {
        this.parameters = parameters;
        this.scores = scores;
    }

    /// @param scores by node id
    static MarketSnapshot take(List<Listing> listings, Map<String, ScorePublished> scores, Parameters parameters) {
        var drawable =
                listings.stream().filter(listing -> listing.state().isListed()).toList();
        return new Snapshots(parameters, scores).of(drawable);
    }

    private MarketSnapshot of(List<Listing> listings) {
        // what an operator has in common comes from the latest word on any of its nodes
        listings.stream()
                .sorted(Comparator.comparing(Listing::occurredAt))
                .forEach(listing -> operators.put(listing.operatorId(), operator(listing)));
        latestScores().forEach(this::judge);
        return MarketSnapshot.of(
                parameters.version(),
                List.copyOf(operators.values()),
                listings.stream().map(this::node).toList());
    }

    private static ListedOperator operator(Listing listing) {
        return new ListedOperator(listing.operatorId(), listing.countsAs(), listing.bondedStake(), NEW_ACCURACY, false);
    }

    private List<ScorePublished> latestScores() {
        return scores.values().stream()
                .sorted(Comparator.comparing(ScorePublished::occurredAt))
                .toList();
    }

    private void judge(ScorePublished score) {
        operators.computeIfPresent(
                new OperatorId(score.operatorId()),
                (id, operator) -> new ListedOperator(
                        id, operator.countsAs(), operator.bondedStake(), score.accuracy(), score.flagged()));
    }

    private ListedNode node(Listing listing) {
        var score = Optional.ofNullable(scores.get(listing.nodeId().value()));
        var uptime = score.map(ScorePublished::uptime).orElse(NEW_UPTIME);
        var accuracy =
                Objects.requireNonNull(operators.get(listing.operatorId())).accuracy();
        var offers = new EnumMap<QueryClass, Offer>(QueryClass.class);
        listing.asks().forEach((queryClass, ask) -> {
            var performance = score.map(known -> known.performance().get(queryClass.wireName()))
                    .orElse(NEW_PERFORMANCE);
            var quality = Quality.of(performance, accuracy, uptime, listing.bondedStake(), parameters.minimumStake());
            offers.put(queryClass, new Offer(ask, performance, quality));
        });
        return new ListedNode(listing.nodeId(), listing.operatorId(), listing.state(), uptime, offers);
    }
}
