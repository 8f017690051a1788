package io.streamsync.billing.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.protocol.verification.RaceStatus;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// Published roots are those of the frames.
@BillingTest
@Import(Windows.class)
class RootReconciliationTests {

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Autowired
    Windows windows;

    @Autowired
    JdbcClient jdbc;

    @Test
    void rebuildsTheRootOfEachSealedWindowOnce() {
        var router = market.router();
        windows.age(router);
        var lease = router.lease(http.customer("1"), 1_000_000);
        router.verified(router.charged(lease, 4_000), 4_000, RaceStatus.CONFIRMED);
        windows.mark(router);
        windows.post(router);
        var sealed = windows.seal();
        assertThat(sealed.header().leafCount()).isGreaterThanOrEqualTo(3);
        await().until(() -> root().path("expected").asInt() == 0); // also windows of other tests

        jdbc.sql("delete from reconciled_settlement where place = (select max(place) from settlement)")
                .update();
        assertThat(root().path("fits").asBoolean()).isTrue();
        jdbc.sql("delete from reconciled_settlement where place = (select max(place) from settlement)")
                .update();
        jdbc.sql("update archive_frame set router = 65534 where router = ?")
                .param(router.id)
                .update();
        var found = root();
        jdbc.sql("update archive_frame set router = ? where router = 65534")
                .param(router.id)
                .update();

        assertThat(found.path("detail").asString())
                .contains("epoch " + sealed.header().epoch() + " has the root")
                .contains("published is " + sealed.header().root());
        assertThat(root().path("fits").asBoolean()).as("looked at again").isTrue();
        router.end(); // nobody waits for its marks
        windows.post(router);
    }

    private JsonNode root() {
        for (var check : http.internal("/internal/reconciliations", "{}").json().path("checks")) {
            if (check.path("check").asString().equals("root")) {
                return check;
            }
        }
        throw new AssertionError("no such check");
    }
}
