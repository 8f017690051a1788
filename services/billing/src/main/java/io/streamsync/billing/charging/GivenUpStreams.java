package io.streamsync.billing.charging;

import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Batch;
import io.streamsync.billing.ledger.Entries;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.billing.stream.StreamId;
import io.streamsync.billing.stream.Streams;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Has verifiers' shares lapse on streams that were given up: no mark of theirs says so any more. Should a verdict
/// come after all, it takes its share back as after a mark.
@Component
class GivenUpStreams {

    private final Streams streams;
    private final Lapsing lapsing;
    private final Ledger ledger;
    private final StreamByStream streamByStream;
    private final InstantSource clock;

    GivenUpStreams(
            Streams streams, Lapsing lapsing, Ledger ledger, StreamByStream streamByStream, InstantSource clock) {
        this.streams = streams;
        this.lapsing = lapsing;
        this.ledger = ledger;
        this.streamByStream = streamByStream;
        this.clock = clock;
    }

    @Scheduled(
            initialDelayString = "${streamsync.charging.look:60s}",
            fixedDelayString = "${streamsync.charging.look:60s}")
    void look() {
        streamByStream.attempt(
                streams::givenUpUnverified, this::lapse, "verifiers' shares of streams that were given up wait");
    }

    private void lapse(StreamId id) {
        var stream = streams.lock(id);
        if (stream.ended()) {
            return;
        }
        var now = clock.instant();
        var lapsed = lapsing.lapse(id, now, stream.nextPosition(), true);
        if (lapsed > 0) {
            streams.settle(id, stream.unverified() - lapsed, false);
            ledger.post(new Batch(
                    "lapse/" + UUID.randomUUID(),
                    Batch.Kind.LAPSE,
                    now,
                    new Entries().move(Account.VERIFIERS, Account.INSURANCE, lapsed)));
        }
    }
}
