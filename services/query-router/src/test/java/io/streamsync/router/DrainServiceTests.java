package io.streamsync.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamsync.protocol.record.StreamRecord.Reason;
import io.streamsync.protocol.record.StreamRecord.Result;
import io.streamsync.protocol.record.StreamRecord.Verdict;
import io.streamsync.protocol.verification.RaceStatus;
import io.streamsync.router.RawClient.Response;
import io.streamsync.router.node.HonestResults;
import io.streamsync.router.race.Balances;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A router that stops under load: its clients lose no query, and its records all arrive.
class DrainServiceTests extends StartedRouter {

    private static final int FURTHER = 8;
    private static final int BREAKING = 12;
    private static final String MOVING = "ssk_moving_0123456789";
    private static final int CLIENTS = 12;

    @BeforeEach
    void nodesTakeTheirTime() {
        billing.owns("moving", 5_000_000_000L);
        billing.grantsAtMost("moving", 10_000_000L);
        market.key(MOVING, "moving", "query", null);
        market.allSay(asked -> HonestResults.to(asked).after(Duration.ofMillis(30)));
    }

    @Test
    void losesNoQueryOfKeptConnectionsWhenItStops() throws Exception {
        var router = new FurtherRouter(FURTHER, "--STREAMSYNC_DRAIN=1s");
        var balances = Balances.watch(router.context());
        var clients = new ArrayList<Client>();
        try {
            for (var i = 0; i < CLIENTS; i++) {
                clients.add(new Client(router.port(), port));
            }
            for (var at : List.of(router.port(), port)) {
                Awaitility.await().until(() -> clients.getFirst().asksOnce(at) == 200);
            }
            var threads = clients.stream().map(Thread.ofVirtual()::start).toList();
            Awaitility.await().until(() -> clients.stream().allMatch(client -> client.answers.size() > 3));

            var stopping = Thread.ofVirtual().start(router::close);
            stopping.join();
            clients.forEach(client -> client.enough = true);
            for (var thread : threads) {
                thread.join();
            }
        } finally {
            router.close();
        }

        assertThat(clients).allSatisfy(client -> {
            assertThat(client.lost).isEmpty();
            assertThat(client.answers).extracting(Response::status).containsOnly(200);
            // that router's nodes have 1.2 s, which they may exceed while another one stops beside it
            assertThat(client.answersOfNext).isNotEmpty();
        });
        assertThat(balances.get()).isEqualTo(Balances.NOTHING);
        try (var records = new RaceStream(FURTHER, RACE_KEY)) {
            for (var client : clients) {
                var race = List.copyOf(client.answers).getLast().header("x-streamsync-race");
                assertThat(records.verified(String.valueOf(race)).status()).isNotNull();
            }
        }
    }

    @Test
    void refundsTheStreamsThatItBreaksOff() throws Exception {
        market.nodes().forEach(node -> node.speaks(new LargeBlock(60_000_000)::answer));
        var router = new FurtherRouter(
                BREAKING, "--STREAMSYNC_DRAIN=0s", "--spring.lifecycle.timeout-per-shutdown-phase=1s");
        HttpResponse<InputStream> broken;
        try {
            broken = Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> beginsToRead(router.port()), response -> response.statusCode() == 200);
        } finally {
            router.close();
        }

        assertThatThrownBy(() -> broken.body().readAllBytes()).isInstanceOf(IOException.class);
        try (var records = new RaceStream(BREAKING, RACE_KEY)) {
            var verified = records.verified(race(broken));
            assertThat(verified.status()).isEqualTo(RaceStatus.NO_ANSWER);
            assertThat(verified.feeNano()).isEqualTo(ScriptedMarket.ASK_NANO);
            assertThat(verified.results()).noneMatch(Result::counts);
            // not for a customer who left
            assertThat(verified.results())
                    .filteredOn(result -> result.verdict() == Verdict.WINS)
                    .extracting(Result::reason)
                    .containsExactly(Reason.POOL_FULL);
        }
    }

    private static HttpResponse<InputStream> beginsToRead(int port) throws IOException, InterruptedException {
        var query = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .header("Authorization", "Bearer " + MOVING)
                .POST(BodyPublishers.ofString(call("1", "getBlock", "[7]")));
        return http.send(query.build(), BodyHandlers.ofInputStream());
    }

    /// Asks one query after another on a kept connection and connects to the next router when it was told to;
    /// asks nothing twice.
    private static final class Client implements Runnable {

        private final int first;
        private final int next;
        private final Queue<Response> answers = new ConcurrentLinkedQueue<>();
        private final Queue<Response> answersOfNext = new ConcurrentLinkedQueue<>();
        private final Queue<Exception> lost = new ConcurrentLinkedQueue<>();
        private volatile boolean enough;

        Client(int first, int next) {
            this.first = first;
            this.next = next;
        }

        int asksOnce(int port) throws IOException {
            try (var connection = new RawClient(port)) {
                return connection.send(query()).answer().status();
            }
        }

        @Override
        public void run() {
            try {
                ask(first, answers);
                ask(next, answersOfNext);
            } catch (IOException broken) {
                lost.add(broken);
            }
        }

        private void ask(int port, Queue<Response> answered) throws IOException {
            try (var connection = new RawClient(port)) {
                var answer = connection.send(query()).answer();
                answered.add(answer);
                while (!enough && !"close".equals(answer.header("connection"))) {
                    answer = connection.send(query()).answer();
                    answered.add(answer);
                }
            }
        }

        private static String query() {
            return raw(call("1", "getBalance", "[\"a\"]")).replace(RICH, MOVING);
        }
    }
}
