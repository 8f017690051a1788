package io.streamsync.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.router.journal.Journal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// A router whose journal is full, as billing takes nothing: what it could not record it does not sell.
class FullJournalServiceTests extends StartedRouter {

    private static final int OVERFLOWING = 15;
    private static final String KEY = "ssk_overflowing_0123456789";

    @Test
    void sellsNothingThatItCouldNotRecord() throws IOException {
        billing.owns("overflowing", 5_000_000_000L);
        // not all at once: the other router leases some of it too
        billing.grantsAtMost("overflowing", 10_000_000L);
        market.key(KEY, "overflowing", "query", null);
        try (var router = new FurtherRouter(
                OVERFLOWING,
                "--STREAMSYNC_DRAIN=0s",
                "--streamsync.router.last-frames=1s",
                "--streamsync.router.journal.segment-size=16KB",
                "--streamsync.router.journal.max-size=32KB")) {
            var journal = router.context().getBean(Journal.class);
            Awaitility.await()
                    .untilAsserted(() -> assertThat(ask(router).statusCode()).isEqualTo(200));
            Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> {
                ask(router);
                return journal.isFull();
            });

            var refused = ask(router);

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("X-StreamSync-Price")).isEmpty();
        }
    }

    private static HttpResponse<String> ask(FurtherRouter router) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + router.port() + "/"))
                .header("X-API-Key", KEY)
                .POST(BodyPublishers.ofString(call("1", "getBalance", "[\"a\"]"))));
    }
}
