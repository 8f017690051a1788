package io.streamsync.billing.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.archive.DailyPartitions;
import io.streamsync.billing.ledger.Closing;
import io.streamsync.billing.statement.Statement;
import io.streamsync.billing.statement.StatementEntry;
import io.streamsync.protocol.record.RaceAddress;
import io.streamsync.protocol.record.RaceIds;
import io.streamsync.protocol.verification.RaceStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// What was told of times that are sealed is told again, byte for byte.
@BillingTest
class SealedTimesTests {

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Autowired
    Windows windows;

    @Autowired
    Auditor auditor;

    @Autowired
    Statement statement;

    @Autowired
    Closing closing;

    @Autowired
    Dropping dropping;

    @Autowired
    DailyPartitions partitions;

    @Autowired
    RaceIds raceIds;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void staysAsItWasToldWhateverIsPostedLater() {
        var customer = http.customer("1");
        var router = market.router();
        var lease = router.lease(customer, 1_000_000);
        var at = windows.startsAt(windows.open()).plusSeconds(60);
        var race = router.chargedAt(at, lease, 4_000);
        windows.post(router);
        enter(customer, at, 1_000);
        var hour = at.truncatedTo(ChronoUnit.HOURS);
        while (closedUntil().isBefore(hour.plus(Duration.ofHours(1)))) {
            windows.seal();
        }
        var told = told(customer, hour);
        assertThat(told.getFirst()).contains("\"queries\":1,\"charged\":\"0.000004\"");
        assertThat(told.getLast()).contains(",DEPOSIT,0.000001,");

        router.chargedAt(at, lease, 5_000);
        router.verified(race, 4_000, RaceStatus.CONTRADICTED);
        windows.post(router);
        enter(customer, at, 2_000);

        assertThat(told(customer, hour)).isEqualTo(told);
        var late = closedUntil().truncatedTo(ChronoUnit.HOURS);
        assertThat(told(customer, late).getFirst())
                .as("what came late counts when it came")
                .contains("\"queries\":1,\"charged\":\"0.000005\"");
        assertThat(told(customer, late).getLast()).contains(",DEPOSIT,0.000002,");
    }

    @Test
    void datesNoLineAheadOfTheDatabasesClock() {
        var customer = http.customer("1");
        var tomorrow = Instant.now().plus(Duration.ofDays(1));

        enter(customer, tomorrow, 1_000);

        assertThat(jdbc.sql("select max(occurred_at) from statement_entry where account_id = ?")
                        .param(customer.id())
                        .query((row, number) -> row.getTimestamp(1).toInstant())
                        .single())
                .isBefore(tomorrow.minus(Duration.ofHours(23)));
    }

    @Test
    void staysAsItWasToldWhenItsRecordsAreDropped() {
        var customer = http.customer("1");
        var router = market.router();
        var lease = router.lease(customer, 1_000_000);
        var longAgo = Instant.now().minus(Duration.ofDays(200));
        var day = LocalDate.ofInstant(longAgo, ZoneOffset.UTC);
        var sequence = router.chargedAt(longAgo, lease, 4_000);
        var raceId = raceIds.seal(new RaceAddress(router.id, router.incarnation, sequence), longAgo.toEpochMilli());
        router.verified(sequence, 4_000, RaceStatus.CONFIRMED);
        windows.mark(router);
        windows.post(router);
        for (var table : List.of("archive_frame", "archive_race", "archive_verdict", "epoch_draw")) {
            jdbc.sql("update " + table + " set posted_on = ? where router = ?")
                    .params(day, router.id)
                    .update();
        }
        dropping.dropDue();
        dropping.dropDraws();
        assertThat(http.get("/v1/races/" + raceId).status())
                .as("not sealed, so kept")
                .isEqualTo(200);
        assertThat(draws(router)).as("as are its draws").isEqualTo(4);
        var settlement = windows.seal();
        auditor.check(settlement);
        auditor.prove(settlement, raceId);
        var path = "/v1/settlements/" + settlement.header().epoch();
        var sealed = http.get(path).body();
        var today = Instant.now().truncatedTo(ChronoUnit.HOURS);
        var told = told(customer, today);
        reconcile();

        dropping.dropDue();
        dropping.dropDraws();

        assertThat(draws(router)).isZero();
        assertThat(jdbc.sql("select count(*) from archive_frame where router = ?")
                        .param(router.id)
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(http.get("/v1/races/" + raceId).problem()).isEqualTo("404 NOT_FOUND");
        assertThat(http.get(
                                "/v1/races?from=" + longAgo.minusSeconds(60) + "&to=" + longAgo.plusSeconds(60),
                                customer.ask())
                        .json()
                        .path("items"))
                .isEmpty();
        assertThat(http.get(path + "/proofs/" + raceId).problem()).isEqualTo("404 NOT_FOUND");
        assertThat(http.get(path + "/leaves").problem()).isEqualTo("404 NOT_FOUND");
        assertThat(http.get(path).body()).isEqualTo(sealed);
        assertThat(told(customer, today)).isEqualTo(told);

        router.chargedAt(longAgo, lease, 1_000);
        windows.post(router);
        dropping.dropDue();
        assertThat(http.get("/v1/account", customer.ask()).text("balance")).isEqualTo("0.999995");
    }

    private long draws(Market.Router router) {
        return jdbc.sql("select count(*) from epoch_draw where router = ?")
                .param(router.id)
                .query(Long.class)
                .single();
    }

    @Test
    void isDroppedLaterWherePostingHoldsItUp() {
        var day = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC).minusDays(400);
        partitions.ensure(List.of(day));
        try (var other = Executors.newSingleThreadExecutor()) {
            transaction.executeWithoutResult(_ -> {
                jdbc.sql("lock table archive_frame in row exclusive mode").update();

                assertThat(other.submit(dropping::dropDue)).succeedsWithin(Duration.ofSeconds(20));
            });
        }
        assertThat(tables(day)).isEqualTo(3);

        dropping.dropDue();

        assertThat(tables(day)).isZero();
    }

    private long tables(LocalDate day) {
        return jdbc.sql("select count(*) from pg_class where relkind = 'r' and relname like 'archive%' || ?")
                .param(DateTimeFormatter.BASIC_ISO_DATE.format(day))
                .query(Long.class)
                .single();
    }

    /// Usage and entries of an hour in all their forms.
    private List<String> told(Http.Customer customer, Instant hour) {
        var times = "from=" + hour + "&to=" + hour.plus(Duration.ofHours(1));
        return Stream.of(
                        http.get("/v1/account/usage?groupBy=method&" + times, customer.ask()),
                        http.get("/v1/account/usage?groupBy=operator&" + times, customer.ask()),
                        http.get("/v1/account/usage?" + times, "X-API-Key", customer.apiKey(), "Accept", "text/csv"),
                        http.get("/v1/account/entries?" + times, customer.manage()),
                        http.get(
                                "/v1/account/entries?" + times,
                                "X-API-Key",
                                customer.managementKey(),
                                "Accept",
                                "text/csv"))
                .map(answer -> answer.status() + " " + answer.body())
                .toList();
    }

    /// As is done every hour, long before records are dropped: nobody looks for their frames any more.
    private void reconcile() {
        await().untilAsserted(() -> {
            var reconciled =
                    http.internal("/internal/reconciliations", "{}").json().path("checks");
            assertThat(reconciled)
                    .filteredOn(check -> check.path("check").asString().equals("root"))
                    .singleElement()
                    .satisfies(root -> assertThat(root.path("expected").asInt())
                            .as("windows left to be looked at")
                            .isZero());
        });
    }

    private void enter(Http.Customer customer, Instant at, long amount) {
        transaction.executeWithoutResult(_ -> statement.add(List.of(new StatementEntry(
                new CustomerId(customer.id()), at, StatementEntry.Kind.DEPOSIT, amount, 1_000_000_000, "test"))));
    }

    private Instant closedUntil() {
        return transaction.execute(_ -> closing.until());
    }
}
