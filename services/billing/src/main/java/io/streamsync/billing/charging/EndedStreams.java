package io.streamsync.billing.charging;

import io.streamsync.billing.archive.Horizon;
import io.streamsync.billing.credit.Leases;
import io.streamsync.billing.stream.StreamId;
import io.streamsync.billing.stream.Streams;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Forgets the leases and lapses of streams that ended behind the archive's horizon: they were there to post
/// what comes, and to reconcile what came.
@Component
class EndedStreams {

    private static final Logger log = LoggerFactory.getLogger(EndedStreams.class);

    private final Streams streams;
    private final Leases leases;
    private final OpenRaceRows races;
    private final Horizon horizon;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    EndedStreams(
            Streams streams,
            Leases leases,
            OpenRaceRows races,
            Horizon horizon,
            TransactionTemplate transactions,
            InstantSource clock) {
        this.streams = streams;
        this.leases = leases;
        this.races = races;
        this.horizon = horizon;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Scheduled(initialDelay = 600_000, fixedDelay = 3_600_000)
    void forget() {
        try {
            ended().forEach(this::tryToForget);
        } catch (RuntimeException e) {
            stays("all", e);
        }
    }

    /// One that cannot be forgotten holds up no other.
    private void tryToForget(StreamId stream) {
        try {
            transactions.executeWithoutResult(_ -> forget(stream));
        } catch (RuntimeException e) {
            stays(stream.toString(), e);
        }
    }

    private static void stays(String stream, RuntimeException reason) {
        log.atWarn()
                .setMessage("leases of ended streams stay, trying again")
                .addKeyValue("stream", stream)
                .addKeyValue("reason", reason.getMessage())
                .log();
    }

    private List<StreamId> ended() {
        var ended = transactions.execute(_ -> streams.endedBefore(horizon.at(clock.instant())));
        return ended == null ? List.of() : ended;
    }

    private void forget(StreamId stream) {
        leases.forget(stream);
        races.forgetLapses(stream);
    }
}
