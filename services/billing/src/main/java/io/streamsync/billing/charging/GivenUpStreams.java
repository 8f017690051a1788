package io.streamsync.billing.charging;

import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Batch;
import io.streamsync.billing.ledger.Entries;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.billing.stream.StreamId;
import io.streamsync.billing.stream.Streams;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Has verifiers' shares lapse on streams that were given up: no mark of theirs says so any more. Should a verdict
/// come after all, it takes its share back as after a mark.
@Component
class GivenUpStreams {

    private static final Logger log = LoggerFactory.getLogger(GivenUpStreams.class);

    private final Streams streams;
    private final Lapsing lapsing;
    private final Ledger ledger;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    GivenUpStreams(
            Streams streams, Lapsing lapsing, Ledger ledger, TransactionTemplate transactions, InstantSource clock) {
        this.streams = streams;
        this.lapsing = lapsing;
        this.ledger = ledger;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Scheduled(
            initialDelayString = "${streamsync.charging.look:60s}",
            fixedDelayString = "${streamsync.charging.look:60s}")
    void look() {
        try {
            waiting().forEach(this::tryToLapse);
        } catch (RuntimeException e) {
            waits("all", e);
        }
    }

    /// One that cannot lapse holds up no other.
    private void tryToLapse(StreamId stream) {
        try {
            transactions.executeWithoutResult(_ -> lapse(stream));
        } catch (RuntimeException e) {
            waits(stream.toString(), e);
        }
    }

    private static void waits(String stream, RuntimeException reason) {
        log.atWarn()
                .setMessage("verifiers' shares of a stream that was given up wait, trying again")
                .addKeyValue("stream", stream)
                .addKeyValue("reason", reason.getMessage())
                .log();
    }

    private List<StreamId> waiting() {
        var waiting = transactions.execute(_ -> streams.givenUpUnverified());
        return waiting == null ? List.of() : waiting;
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
