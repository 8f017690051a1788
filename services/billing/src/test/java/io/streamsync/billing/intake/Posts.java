package io.streamsync.billing.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.billing.Market;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Batch;
import io.streamsync.billing.ledger.Entries;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.billing.stream.StreamId;
import io.streamsync.protocol.record.Frame;
import io.streamsync.protocol.record.StreamRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.transaction.support.TransactionTemplate;

/// Posts what routers write, past Kafka, and moves money as others do.
@TestComponent
class Posts {

    static final List<Account> POOLS = List.of(Account.VERIFIERS, Account.STAKERS, Account.TREASURY, Account.INSURANCE);

    private final StreamIntake intake;
    private final Ledger ledger;
    private final TransactionTemplate transaction;

    Posts(StreamIntake intake, Ledger ledger, TransactionTemplate transaction) {
        this.intake = intake;
        this.ledger = ledger;
        this.transaction = transaction;
    }

    /// All that the router wrote since its last frame.
    void post(Market.Router router) {
        assertThat(take(router, router.frame())).isInstanceOf(Taken.Posted.class);
    }

    /// The end of an epoch.
    void mark(Market.Router router, Instant at) {
        router.write(new StreamRecord.EpochEnded(at.getEpochSecond() / 300, at.toEpochMilli()));
        post(router);
    }

    Taken take(Market.Router router, Frame... frames) {
        var received = new ArrayList<ReceivedFrame>();
        for (var frame : frames) {
            received.add(ReceivedFrame.decode(received.size(), frame.encode()));
        }
        return intake.take(new StreamId(router.id, router.incarnation), received);
    }

    void move(Entries entries) {
        transaction.executeWithoutResult(status ->
                ledger.post(new Batch("test/" + UUID.randomUUID(), Batch.Kind.RACES, Instant.now(), entries)));
    }

    List<Long> pools() {
        return POOLS.stream().map(ledger::balance).toList();
    }

    /// What the pools have gained since.
    List<Long> change(List<Long> before) {
        var now = pools();
        return IntStream.range(0, now.size())
                .mapToObj(index -> now.get(index) - before.get(index))
                .toList();
    }
}
