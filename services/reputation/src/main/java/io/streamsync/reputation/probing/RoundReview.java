package io.streamsync.reputation.probing;

import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.reputation.score.Scores;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/// Judges rounds when they are complete: the next one has begun, and nothing of it came for longer than a node may
/// take.
/// What comes later counts for nobody.
@Service
class RoundReview {

    /// Besides a node's time limit: the way over Kafka, whose partitions are not read at one pace.
    private static final Duration ON_THE_WAY = Duration.ofSeconds(2);

    private static final Duration HOUR = Duration.ofHours(1);

    private final Probes probes;
    private final Scores scores;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final Duration interval;
    private final Duration quiet;
    private Instant forgotAt = Instant.EPOCH;

    RoundReview(
            Probes probes, Scores scores, TransactionTemplate transaction, InstantSource clock, Parameters parameters) {
        this.probes = probes;
        this.scores = scores;
        this.transaction = transaction;
        this.clock = clock;
        this.interval = parameters.probeInterval();
        this.quiet = parameters.nodeTimeout().plus(ON_THE_WAY);
    }

    @Scheduled(fixedDelay = 1_000)
    void review() {
        var now = clock.instant();
        var running = now.toEpochMilli() / interval.toMillis();
        var ended = probes.nextEnded(running, now.minus(quiet));
        while (ended.isPresent()) {
            judge(ended.get(), now);
            ended = probes.nextEnded(running, now.minus(quiet));
        }
        if (now.isAfter(forgotAt.plus(HOUR))) {
            probes.forgetOld(now);
            forgotAt = now;
        }
    }

    private void judge(Probes.Round round, Instant now) {
        transaction.executeWithoutResult(_ -> scores.observe(RoundObservations.of(probes.takeUnjudged(round, now))));
    }
}
