package io.streamsync.billing.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.protocol.record.StreamRecord;
import io.streamsync.protocol.verification.RaceStatus;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Races whose verdict does not come in time, on a stream that goes on.
@BillingTest
@Import(Posts.class)
class LapseTests {

    private static final Duration DEADLINE = Duration.ofMinutes(5);

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Autowired
    Posts posts;

    @Autowired
    Ledger ledger;

    @Autowired
    JdbcClient jdbc;

    @Test
    void insuresWithTheVerifiersShareAtTheFirstMarkAfterTheDeadline() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        var before = posts.pools();
        router.charged(lease, 4_000);
        var answeredAt = Instant.ofEpochMilli(router.now());
        posts.post(router);

        posts.mark(router, answeredAt.plus(DEADLINE));
        assertThat(posts.change(before)).as("not later than the deadline").containsExactly(800L, 400L, 800L, 0L);
        posts.mark(router, answeredAt.plus(DEADLINE).plusMillis(1));
        assertThat(posts.change(before)).containsExactly(0L, 400L, 800L, 800L);
        posts.mark(router, answeredAt.plus(DEADLINE).plusMillis(2));
        router.end();
        posts.post(router);

        assertThat(posts.change(before)).as("once").containsExactly(0L, 400L, 800L, 800L);
    }

    @Test
    void lapsesOnlyWhatHasNoVerdictBeforeTheMark() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        var before = posts.pools();
        var verified = router.charged(lease, 1_000);
        var lost = router.charged(lease, 4_000);
        router.late(lease, 9_000);
        var answeredAt = Instant.ofEpochMilli(router.now());
        router.chargedAt(answeredAt.plusSeconds(1), lease, 2_000);
        router.verified(verified, 1_000, RaceStatus.CONFIRMED);
        var end = answeredAt.plus(DEADLINE).plusMillis(1);
        router.write(new StreamRecord.EpochEnded(end.getEpochSecond() / 300, end.toEpochMilli()));
        router.charged(lease, 3_000);

        posts.post(router); // answers, verdict, mark and more in one frame

        assertThat(posts.change(before)).containsExactly(400L + 600, 1_000L, 2_000L, 800L);
        assertThat(jdbc.sql("select sequence || ' ' || share from race_lapse where router = ?")
                        .param(router.id)
                        .query(String.class)
                        .list())
                .containsExactly(lost + " 800");
    }

    @Test
    void letsALateVerdictCountAsAnyOther() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        var before = posts.pools();
        var race = router.charged(lease, 4_000);
        posts.mark(router, Instant.ofEpochMilli(router.now()).plus(DEADLINE).plusMillis(1));
        assertThat(posts.change(before)).containsExactly(0L, 400L, 800L, 800L);

        router.verified(race, 4_000, RaceStatus.CONFIRMED);
        posts.post(router);

        assertThat(posts.change(before)).containsExactly(0L, 400L, 800L, 0L);
        assertThat(ledger.balance(Account.held(router.operator(3)))).isEqualTo(400);
        router.verified(race, 4_000, RaceStatus.CONFIRMED);
        assertThat(posts.take(router, router.frame()))
                .isInstanceOfSatisfying(
                        Taken.Stopped.class,
                        stopped -> assertThat(stopped.reason()).contains("verified twice"));
    }

    @Test
    void leavesAShareWithTheInsuranceWhenTheLateVerdictIsThatNobodyChecked() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        var before = posts.pools();
        var race = router.charged(lease, 4_000);
        posts.mark(router, Instant.ofEpochMilli(router.now()).plus(DEADLINE).plusMillis(1));

        router.verified(race, 4_000, RaceStatus.UNVERIFIED);
        posts.post(router);

        assertThat(posts.change(before)).containsExactly(0L, 400L, 800L, 800L);
    }

    @Test
    void remembersWhatIsOpenAcrossManyBlocks() {
        var router = market.router();
        var lease = router.lease(http.customer("10"), 1_000_000_000);
        var before = posts.pools();
        for (var frame = 0; frame < 40; frame++) {
            for (var race = 0; race < 110; race++) {
                router.verified(router.charged(lease, 10), 10, RaceStatus.UNVERIFIED);
            }
            router.charged(lease, 1_000);
            posts.post(router);
        }
        assertThat(posts.change(before).getFirst()).isEqualTo(40 * 200);

        posts.mark(router, Instant.ofEpochMilli(router.now()).plus(DEADLINE).plusMillis(1));

        assertThat(posts.change(before).getFirst()).isZero();
        assertThat(jdbc.sql("select count(*) from race_open where router = ?")
                        .param(router.id)
                        .query(Long.class)
                        .single())
                .isZero();
    }
}
