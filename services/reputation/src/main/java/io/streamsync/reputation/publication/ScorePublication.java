package io.streamsync.reputation.publication;

import io.streamsync.events.Topics;
import io.streamsync.events.reputation.ScorePublished;
import io.streamsync.outbox.Outbox;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.reputation.listing.Listing;
import io.streamsync.reputation.listing.Listings;
import io.streamsync.reputation.score.Score;
import io.streamsync.reputation.score.Scores;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Tells the market the scores whose integers changed: what races moved every second, what only faded every minute.
@Service
class ScorePublication {

    private static final int SCHEMA_VERSION = 1;

    private final PublicationRounds rounds;
    private final Scores scores;
    private final Listings listings;
    private final PublishedScores published;
    private final ScoreHistory history;
    private final Outbox outbox;
    private final InstantSource clock;

    ScorePublication(
            PublicationRounds rounds,
            Scores scores,
            Listings listings,
            PublishedScores published,
            ScoreHistory history,
            Outbox outbox,
            InstantSource clock) {
        this.rounds = rounds;
        this.scores = scores;
        this.listings = listings;
        this.published = published;
        this.history = history;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 250) // looks often, so that a round comes soon after it is due
    @Transactional
    public void publish() {
        var now = clock.instant();
        switch (rounds.take(now)) {
            case NONE -> {}
            case MOVED -> {
                var _ = publish(moved(), now);
            }
            case ALL -> history.note(publish(all(), now), now);
        }
    }

    private Set<Listing> moved() {
        var moved = scores.takeMoved();
        var due = new HashSet<>(listings.of(moved.nodes(), moved.operators()));
        due.addAll(listings.takeNew());
        return due;
    }

    private Set<Listing> all() {
        var due = moved();
        due.addAll(listings.listed());
        return due;
    }

    private Map<NodeId, Score> publish(Set<Listing> due, Instant now) {
        var operators = due.stream().collect(Collectors.toMap(Listing::nodeId, Listing::operatorId));
        var current = scores.of(operators, now);
        var changed = new HashMap<>(current);
        published.of(operators.keySet()).forEach(changed::remove);
        for (var listing : due) {
            var score = changed.get(listing.nodeId());
            if (score != null) {
                outbox.add(Topics.REPUTATIONS, listing.nodeId().value(), event(listing, score, now));
            }
        }
        published.save(changed);
        return current;
    }

    private static ScorePublished event(Listing listing, Score score, Instant now) {
        return new ScorePublished(
                UUID.randomUUID().toString(),
                now,
                SCHEMA_VERSION,
                listing.nodeId().value(),
                listing.operatorId().value(),
                score.performanceByName(),
                score.accuracy(),
                score.uptime(),
                score.verifiedRaces(),
                score.flagged());
    }
}
