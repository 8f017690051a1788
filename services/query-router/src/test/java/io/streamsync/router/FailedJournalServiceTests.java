package io.streamsync.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.router.journal.Recovery;
import io.streamsync.router.journal.TroubledJournal;
import io.streamsync.router.publication.ProcessEnd;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/// A router whose disk fails under it: who is told an answer's price can rely on its record, and nobody is sold
/// anything any more.
class FailedJournalServiceTests extends StartedRouter {

    private static final int FAILING = 13;
    private static final String KEY = "ssk_undisked_0123456789";

    @Test
    void stopsWhenASyncFailsAndNeverTellsAPriceThatItDidNotWriteDown() throws IOException {
        billing.owns("undisked", 5_000_000_000L);
        // not all at once: the other router leases some of it too
        billing.grantsAtMost("undisked", 10_000_000L);
        market.key(KEY, "undisked", "query", null);
        try (var router = new FurtherRouter(
                FAILING, FailingDisk.class, "--STREAMSYNC_DRAIN=0s", "--streamsync.router.last-frames=1s")) {
            var disk = router.context().getBean(TroubledJournal.class);
            var ends = router.context().getBean(Ends.class).reasons;
            Awaitility.await()
                    .untilAsserted(() -> assertThat(price(ask(router).join())).isNotEmpty());

            var refused = askWhileASyncFails(router, disk).join();

            Awaitility.await().until(() -> !ends.isEmpty());
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(price(refused)).isEmpty();
            assertThat(price(ask(router).join())).isEmpty();
            assertThat(router.health()).isEqualTo(503);
            assertThat(ends).containsExactly("journal-failed");
        }
    }

    private static CompletableFuture<HttpResponse<String>> askWhileASyncFails(
            FurtherRouter router, TroubledJournal disk) {
        disk.holdUp();
        try {
            var query = ask(router);
            Awaitility.await().until(disk::holdsSomebodyUp);
            return query;
        } finally {
            disk.failAfter(0);
            disk.release();
        }
    }

    private static CompletableFuture<HttpResponse<String>> ask(FurtherRouter router) {
        return http.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + router.port() + "/"))
                        .header("X-API-Key", KEY)
                        .POST(BodyPublishers.ofString(call("1", "getBalance", "[\"a\"]")))
                        .build(),
                BodyHandlers.ofString());
    }

    private static List<String> price(HttpResponse<String> response) {
        return response.headers().allValues("X-StreamSync-Price");
    }

    /// No `@Configuration`: a scan would give it to all.
    static final class FailingDisk {

        @Bean
        TroubledJournal disk() {
            return new TroubledJournal();
        }

        @Bean
        @Primary
        Recovery recoveryOnIt(TroubledJournal disk) {
            return disk.recovery();
        }

        @Bean
        @Primary
        Ends ends() {
            return new Ends();
        }
    }

    /// Notes what the process would have ended for.
    static final class Ends implements ProcessEnd {

        private final List<String> reasons = new CopyOnWriteArrayList<>();

        @Override
        public void begin(String reason) {
            reasons.add(reason);
        }
    }
}
