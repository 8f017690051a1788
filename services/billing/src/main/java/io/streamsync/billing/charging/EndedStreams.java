package io.streamsync.billing.charging;

import io.streamsync.billing.archive.Horizon;
import io.streamsync.billing.credit.Leases;
import io.streamsync.billing.stream.StreamId;
import io.streamsync.billing.stream.Streams;
import java.time.InstantSource;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Forgets the leases and lapses of streams that ended behind the archive's horizon: they were there to post
/// what comes, and to reconcile what came.
@Component
class EndedStreams {

    private final Streams streams;
    private final Leases leases;
    private final OpenRaceRows races;
    private final Horizon horizon;
    private final StreamByStream streamByStream;
    private final InstantSource clock;

    EndedStreams(
            Streams streams,
            Leases leases,
            OpenRaceRows races,
            Horizon horizon,
            StreamByStream streamByStream,
            InstantSource clock) {
        this.streams = streams;
        this.leases = leases;
        this.races = races;
        this.horizon = horizon;
        this.streamByStream = streamByStream;
        this.clock = clock;
    }

    @Scheduled(initialDelay = 600_000, fixedDelay = 3_600_000)
    void forget() {
        streamByStream.attempt(
                () -> streams.endedBefore(horizon.at(clock.instant())), this::forget, "leases of ended streams stay");
    }

    private void forget(StreamId stream) {
        leases.forget(stream);
        races.forgetLapses(stream);
    }
}
