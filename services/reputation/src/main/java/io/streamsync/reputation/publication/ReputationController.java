package io.streamsync.reputation.publication;

import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.reputation.listing.Listing;
import io.streamsync.reputation.listing.Listings;
import io.streamsync.reputation.score.Score;
import io.streamsync.reputation.score.Scores;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Scores for everybody: no key is asked for.
@RestController
class ReputationController {

    private static final int MAX_LIMIT = 500;

    private final Listings listings;
    private final Scores scores;
    private final ScoreHistory history;
    private final StakeScore stakeScore;
    private final InstantSource clock;

    ReputationController(
            Listings listings, Scores scores, ScoreHistory history, StakeScore stakeScore, InstantSource clock) {
        this.listings = listings;
        this.scores = scores;
        this.history = history;
        this.stakeScore = stakeScore;
        this.clock = clock;
    }

    @GetMapping("/v1/reputations")
    Page<Reputation> page(
            @RequestParam(defaultValue = "50") int limit, @RequestParam(required = false) @Nullable String cursor) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw invalid("limit", "a whole number from 1 to " + MAX_LIMIT);
        }
        var found = listings.after(cursor == null ? "" : nodeOf(cursor), limit + 1);
        var known = scoresOf(found);
        return Page.of(found, limit, listing -> listing.nodeId().value(), known::reputation);
    }

    @GetMapping("/v1/nodes/{nodeId}/reputation")
    NodeReputation ofNode(
            @PathVariable String nodeId,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to) {
        var period = Period.of(from, to, clock.instant());
        var listing = find(nodeId)
                .orElseThrow(() ->
                        new Refusal(ProblemCode.NOT_FOUND, "No node has this id. Ids are in GET /v1/reputations."));
        return scoresOf(List.of(listing)).nodeReputation(listing, history.of(listing.nodeId(), period));
    }

    /// A list continues after the id of the last node shown.
    private static String nodeOf(String cursor) {
        try {
            return new NodeId(cursor).value();
        } catch (IllegalArgumentException _) {
            throw invalid("cursor", "the nextCursor of an earlier page");
        }
    }

    private Optional<Listing> find(String nodeId) {
        try {
            return listings.of(new NodeId(nodeId));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private KnownScores scoresOf(List<Listing> found) {
        var operators = found.stream().collect(Collectors.toMap(Listing::nodeId, Listing::operatorId));
        return new KnownScores(scores.of(operators, clock.instant()), stakeScore);
    }

    private static Refusal invalid(String parameter, String expected) {
        return new Refusal(ProblemCode.INVALID_REQUEST, "The parameter " + parameter + " is not " + expected + ".")
                .field(parameter, "must be " + expected);
    }

    private record KnownScores(Map<NodeId, Score> scores, StakeScore stakeScore) {

        Reputation reputation(Listing listing) {
            return Reputation.of(listing, of(listing), stakeScore);
        }

        NodeReputation nodeReputation(Listing listing, List<ScoreHistory.Point> history) {
            return NodeReputation.of(reputation(listing), of(listing), history);
        }

        private Score of(Listing listing) {
            return Objects.requireNonNull(scores.get(listing.nodeId()));
        }
    }
}
