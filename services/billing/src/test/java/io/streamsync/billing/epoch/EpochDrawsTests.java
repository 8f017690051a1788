package io.streamsync.billing.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.billing.epoch.EpochDraws.Draws;
import io.streamsync.protocol.record.StreamRecords;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/// Draws go with the records that they count, which were posted long before those of other tests.
@BillingTest
class EpochDrawsTests {

    private static final LocalDate KEPT = LocalDate.of(1979, 4, 1);

    private static final LocalDate DROPPED = KEPT.minusDays(1);

    private static final Instant AT = Instant.parse("1979-03-31T23:59:00Z");

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Autowired
    EpochDraws draws;

    @Autowired
    TransactionTemplate transaction;

    private Market.Router router;

    @BeforeEach
    void sell() {
        router = market.router();
    }

    @Test
    void goWithTheRecordsThatTheyCount() {
        var other = market.router();
        race(router, DROPPED);
        race(other, KEPT);

        draws.dropBefore(KEPT);

        assertThat(shown(router)).isEmpty();
        assertThat(shown(other)).hasSize(4);
    }

    @Test
    void stayWholeAsLongAsOneOfTheRecordsIsKept() {
        race(router, KEPT);
        race(router, DROPPED);

        draws.dropBefore(KEPT);

        assertThat(shown(router)).hasSize(4).allMatch(one -> one.drawn() == 2);
    }

    @Test
    void stayWholeWhenTheyAreAddedToMeanwhile() {
        race(router, DROPPED);
        try (var other = Executors.newSingleThreadExecutor()) {
            transaction.executeWithoutResult(_ -> {
                race(router, KEPT);
                assertThat(other.submit(() -> draws.dropBefore(KEPT)))
                        .as("posting holds nobody up")
                        .succeedsWithin(Duration.ofSeconds(20));
            });
        }

        assertThat(shown(router)).hasSize(4).allMatch(one -> one.drawn() == 2);
    }

    private void race(Market.Router router, LocalDate postedOn) {
        router.chargedAt(AT, router.lease(http.customer("1"), 1_000), 10);
        var records = router.withdrawnFrame().records().stream()
                .map(StreamRecords::decode)
                .toList();
        draws.add(router.id, router.incarnation, records, postedOn);
    }

    private List<Draws> shown(Market.Router router) {
        return draws.of(AT.getEpochSecond() / 300).stream()
                .filter(one -> one.router() == router.id)
                .toList();
    }
}
