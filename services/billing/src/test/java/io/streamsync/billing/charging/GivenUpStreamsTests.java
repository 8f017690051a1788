package io.streamsync.billing.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Broker;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.billing.stream.Streams;
import io.streamsync.events.Topics;
import io.streamsync.protocol.record.Frame;
import io.streamsync.protocol.verification.RaceStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@BillingTest
class GivenUpStreamsTests {

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Streams streams;

    @Autowired
    Lapsing lapsing;

    @Autowired
    Ledger ledger;

    @Autowired
    StreamByStream streamByStream;

    @Autowired
    TransactionTemplate transactions;

    private Market.Router router;
    private Http.Customer customer;
    private Market.TestLease lease;

    @BeforeEach
    void sell() {
        look(Duration.ofDays(1)); // what other tests have given up
        router = market.router();
        customer = http.customer("1");
        lease = router.lease(customer, 1_000_000);
    }

    @Test
    void givesTheInsuranceTheSharesOfVerdictsThatTheRouterTookWithIt() {
        var before = pools();
        router.charged(lease, 4_000);
        router.charged(lease, 2_000);
        router.close(lease);
        post();
        look(Duration.ofMinutes(10));
        assertThat(change(before)).as("a stream that goes on").isEqualTo(List.of(1_200L, 0L));
        fits();
        giveUp();

        look(Duration.ofMinutes(4));
        assertThat(change(before)).as("verdicts may still come").isEqualTo(List.of(1_200L, 0L));
        look(Duration.ofMinutes(6));
        look(Duration.ofMinutes(7));

        assertThat(change(before)).isEqualTo(List.of(0L, 1_200L));
        fits();
    }

    @Test
    void takesAShareBackForAVerdictThatComesAfterAll() {
        var before = pools();
        var late = router.charged(lease, 4_000);
        router.charged(lease, 2_000);
        router.close(lease);
        post();
        giveUp();
        look(Duration.ofMinutes(6));
        fits();

        router.verified(late, 4_000, RaceStatus.CONFIRMED);
        post();

        assertThat(change(before)).isEqualTo(List.of(0L, 400L));
        fits();
    }

    /// Whatever was reconciled when: shares that lapsed are counted once.
    @Test
    void fitsHoweverTheStreamGoesOn() {
        var before = pools();
        var first = router.charged(lease, 4_000);
        router.charged(lease, 2_000);
        router.close(lease);
        post();
        giveUp();
        look(Duration.ofMinutes(6));
        var second = router.charged(lease, 1_000);
        post();
        fits();
        look(Duration.ofMinutes(6));
        fits();
        router.verified(second, 1_000, RaceStatus.UNVERIFIED);
        router.verified(first, 4_000, RaceStatus.DISPUTED);
        router.charged(lease, 3_000);
        post();
        look(Duration.ofMinutes(6));
        router.end();
        post();
        look(Duration.ofMinutes(6));

        // the insurance paid the two races that came after the lease was closed, and has the verifiers' shares of all
        assertThat(change(before)).isEqualTo(List.of(0L, 1_200L + 200 + 600 - 1_000 - 3_000));
        fits();
    }

    @Test
    void endsAStreamBehindALapseThatItsPostingWaitedFor() {
        var another = market.router();
        another.charged(another.lease(customer, 10_000), 4_000);
        post(another);
        var before = pools();
        router.charged(lease, 4_000);
        router.close(lease);
        post();
        giveUp();
        router.end();
        var end = router.frame();

        transactions.executeWithoutResult(_ -> {
            look(Duration.ofMinutes(6));
            var pid = jdbc.sql("select pg_backend_pid()").query(Integer.class).single();
            Broker.send(Topics.RACES, 0, router.key(), end.encode());
            await().until(() -> isPostingWaitingFor(pid));
        });
        awaitPosted(router, end);

        assertThat(change(before)).isEqualTo(List.of(0L, 800L));
        fits();
    }

    /// To move the stream on.
    private boolean isPostingWaitingFor(int pid) {
        return jdbc.sql("""
                        select exists (select from pg_stat_activity
                            where query like '%update stream set next_position%' and ? = any (pg_blocking_pids(pid)))""").param(pid).query(Boolean.class).single();
    }

    private void look(Duration later) {
        new GivenUpStreams(
                        streams, lapsing, ledger, streamByStream, InstantSource.offset(InstantSource.system(), later))
                .look();
    }

    private void giveUp() {
        jdbc.sql("update stream set closed_at = now() where router = ?")
                .param(router.id)
                .update();
    }

    private void post() {
        post(router);
    }

    private void post(Market.Router of) {
        var frame = of.frame();
        Broker.send(Topics.RACES, 0, of.key(), frame.encode());
        awaitPosted(of, frame);
    }

    private void awaitPosted(Market.Router of, Frame frame) {
        await().until(() -> jdbc.sql("select next_position from stream where router = ?")
                        .param(of.id)
                        .query(Long.class)
                        .single()
                == frame.next());
    }

    private void fits() {
        var run = http.internal("/internal/reconciliations", "{}").json();
        for (var check : run.path("checks")) {
            if (List.of("entries", "verifiers", "zero", "balances", "leased")
                    .contains(check.path("check").asString())) {
                assertThat(check.path("fits").asBoolean())
                        .as(run.toPrettyString())
                        .isTrue();
            }
        }
    }

    private List<Long> pools() {
        return List.of(ledger.balance(Account.VERIFIERS), ledger.balance(Account.INSURANCE));
    }

    private List<Long> change(List<Long> before) {
        var now = pools();
        return List.of(now.getFirst() - before.getFirst(), now.getLast() - before.getLast());
    }
}
