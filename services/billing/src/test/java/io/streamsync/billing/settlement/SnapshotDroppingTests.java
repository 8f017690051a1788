package io.streamsync.billing.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.billing.Snapshots;
import io.streamsync.billing.archive.DailyPartitions;
import io.streamsync.billing.archive.Horizon;
import io.streamsync.events.router.SnapshotTaken;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.QueryClass;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// Snapshots go with the races that were drawn from them. They were taken long before those of other tests.
@BillingTest
class SnapshotDroppingTests {

    private static final Instant LONG_AGO = Instant.parse("1979-03-01T00:00:00Z");

    private static final Instant TIME = Instant.parse("1979-04-01T00:00:00Z");

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Autowired
    Windows windows;

    @Autowired
    SnapshotDropping dropping;

    @Autowired
    io.streamsync.billing.archive.Snapshots snapshots;

    @Autowired
    Horizon horizon;

    @Autowired
    DailyPartitions partitions;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void dropsWhatOnlyEpochsNameOfWhichNoRaceIsKept() {
        var router = ended(market.router());
        var old = snapshot("old", router);
        var goesOn = snapshot("goes-on", router);
        take(router, old, LONG_AGO);
        take(router, goesOn, LONG_AGO);
        take(router, goesOn, TIME);

        dropping.dropBefore(TIME);

        assertThat(http.get("/v1/snapshots/" + old.hash()).problem()).isEqualTo("404 NOT_FOUND");
        assertThat(namings(old)).isZero();
        assertThat(http.get("/v1/snapshots/" + goesOn.hash()).status()).isEqualTo(200);
        assertThat(namings(goesOn)).isEqualTo(1);
    }

    @Test
    void takesWhatWasDroppedWhenItIsNamedAgain() {
        var router = ended(market.router());
        var snapshot = snapshot("again", router);
        take(router, snapshot, LONG_AGO);
        dropping.dropBefore(TIME);

        take(router, snapshot, TIME);
        dropping.dropBefore(TIME);

        assertThat(http.get("/v1/snapshots/" + snapshot.hash()).body())
                .isEqualTo(new String(snapshot.canonical(), StandardCharsets.UTF_8));
        assertThat(namings(snapshot)).isEqualTo(1);
    }

    @Test
    void dropsMoreThanOneTransactionMay() {
        var router = ended(market.router());
        var hashes = new ArrayList<String>();
        for (var number = 0; number < 50; number++) {
            var snapshot = snapshot("many-" + number, router);
            take(router, snapshot, LONG_AGO);
            hashes.add(snapshot.hash());
        }

        dropping.dropBefore(TIME);

        assertThat(jdbc.sql("select count(*) from archive_snapshot where hash = any (?)")
                        .param(hashes.toArray(String[]::new))
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void keepsWhatRacesMayNameThatAreNotPosted() {
        var router = market.router();
        var snapshot = snapshot("not-posted", router);
        router.charged(router.lease(http.customer("1"), 1_000_000), 1_000);
        take(router, snapshot, LONG_AGO);
        windows.post(router);

        dropping.dropBefore(TIME);
        assertThat(namings(snapshot)).as("nothing of it is sealed").isEqualTo(1);

        windows.mark(router);
        windows.post(router);
        windows.seal();
        dropping.dropBefore(TIME);
        assertThat(namings(snapshot)).as("a window behind it is sealed").isZero();
    }

    @Test
    void waitsForNoRouterThatWasLostLongAgo() {
        var router = market.router();
        var snapshot = snapshot("lost", router);
        take(router, snapshot, LONG_AGO);
        dropping.dropBefore(TIME);
        assertThat(namings(snapshot)).isEqualTo(1);
        jdbc.sql("update stream set closed_at = ? where router = ?")
                .params(Timestamp.from(LONG_AGO), router.id)
                .update();

        dropping.dropBefore(TIME);

        assertThat(namings(snapshot)).isZero();
    }

    @Test
    void keepsWhatIsBeingNamedAgain() {
        var router = ended(market.router());
        var snapshot = snapshot("being-named", router);
        take(router, snapshot, LONG_AGO);
        try (var other = Executors.newSingleThreadExecutor()) {
            transaction.executeWithoutResult(_ -> {
                take(router, snapshot, TIME.minusSeconds(1));
                settled(other.submit(() -> dropping.dropBefore(TIME)));
            });
        }

        assertThat(namings(snapshot)).as("the new one").isEqualTo(1);
        assertThat(http.get("/v1/snapshots/" + snapshot.hash()).status()).isEqualTo(200);
    }

    @Test
    void bringsBackWhatIsNamedAgainWhileItIsDropped() {
        var router = ended(market.router());
        var snapshot = snapshot("being-dropped", router);
        take(router, snapshot, LONG_AGO);
        try (var other = Executors.newSingleThreadExecutor()) {
            var taken = transaction.execute(_ -> {
                dropping.dropBefore(TIME);
                var taking = other.submit(() -> take(router, snapshot, TIME));
                await().until(() -> jdbc.sql("""
                                select exists (select from pg_stat_activity
                                    where wait_event_type = 'Lock' and query like 'insert into archive_snapshot%')""").query(Boolean.class).single());
                return taking;
            });
            settled(taken);
        }

        assertThat(namings(snapshot)).isEqualTo(1);
        assertThat(http.get("/v1/snapshots/" + snapshot.hash()).status()).isEqualTo(200);
    }

    @Test
    void reachesBackToTheEarliestDayOfRacesThatAreKept() {
        var now = Instant.now();
        var day = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(300);
        assertThat(horizon.racesSince(now)).isBeforeOrEqualTo(now.minus(Duration.ofDays(91)));

        partitions.ensure(List.of(day));

        assertThat(horizon.racesSince(now))
                .isBeforeOrEqualTo(day.minusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private Market.Router ended(Market.Router router) {
        router.end();
        windows.post(router);
        return router;
    }

    private static MarketSnapshot snapshot(String name, Market.Router router) {
        return Snapshots.of(name + "-" + router.id, 2, QueryClass.SCAN, 10);
    }

    private void take(Market.Router router, MarketSnapshot snapshot, Instant at) {
        snapshots.take(new SnapshotTaken(
                UUID.randomUUID().toString(),
                at,
                1,
                Integer.toString(router.id),
                router.incarnation,
                at.getEpochSecond() / 300,
                snapshot.hash(),
                new String(snapshot.canonical(), StandardCharsets.UTF_8)));
    }

    private long namings(MarketSnapshot snapshot) {
        return jdbc.sql("select count(*) from epoch_snapshot where hash = ?")
                .param(snapshot.hash())
                .query(Long.class)
                .single();
    }

    private static void settled(Future<?> future) {
        try {
            future.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
