package io.streamsync.billing.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Broker;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.events.Topics;
import io.streamsync.protocol.record.StreamRecord.EpochEnded;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BillingTest
class EndedStreamsTests {

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    EndedStreams streams;

    @Test
    void forgetsWhatOnlyStreamsNeededThatEndedBehindTheHorizon() {
        var old = lapsed(market.router(), true);
        var recent = lapsed(market.router(), true);
        var running = lapsed(market.router(), false);
        endedLongAgo(old);

        streams.forget();

        assertThat(leasesAndLapses(old)).isEqualTo("0 0");
        assertThat(leasesAndLapses(recent)).isEqualTo("1 1");
        assertThat(leasesAndLapses(running)).isEqualTo("1 1");
    }

    @Test
    void keepsNoStreamForAnotherThatCannotBeForgotten() {
        var stuck = lapsed(market.router(), true);
        var old = lapsed(market.router(), true);
        endedLongAgo(stuck);
        endedLongAgo(old);
        jdbc.sql("""
                create trigger refuse before delete on race_lapse for each row when (old.router = %d)
                execute function settlement_refuse_change()""".formatted(stuck.id)).update();
        try {
            streams.forget();

            assertThat(leasesAndLapses(stuck)).isEqualTo("1 1");
            assertThat(leasesAndLapses(old)).isEqualTo("0 0");
        } finally {
            jdbc.sql("drop trigger refuse on race_lapse").update();
        }
    }

    private void endedLongAgo(Market.Router router) {
        jdbc.sql("update stream set ended_at = ended_at - interval '91 days' where router = ?")
                .param(router.id)
                .update();
    }

    /// A stream with a lease that is closed and a race that lapsed.
    private Market.Router lapsed(Market.Router router, boolean ended) {
        var lease = router.lease(http.customer("1"), 1_000);
        router.charged(lease, 1_000);
        router.close(lease);
        var at = router.now() + Duration.ofMinutes(6).toMillis();
        router.write(new EpochEnded(at / 300_000, at));
        if (ended) {
            router.end();
        }
        Broker.send(Topics.RACES, 0, router.key(), router.frame().encode());
        await().untilAsserted(() -> assertThat(leasesAndLapses(router)).isEqualTo("1 1"));
        return router;
    }

    private String leasesAndLapses(Market.Router router) {
        return jdbc.sql("""
                select (select count(*) from credit_lease where router = :router and state = 'CLOSED') || ' '
                    || (select count(*) from race_lapse where router = :router)""").param("router", router.id).query(String.class).single();
    }
}
