package io.streamsync.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.router.node.HonestResults;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One customer's balance at several routers: it is spent to the last query, whoever of them its clients ask, and not
/// a query further.
class SharedBalanceServiceTests extends StartedRouter {

    private static final int CONNECTIONS = 64;
    private static final int BALANCE = 1_000;

    private static final int MOST_AGAIN = 20;

    /// Latency is the machine's here: none of it may make an answer free.
    private static final String PATIENT = "60s";

    @Test
    void isSpentToTheLastQueryAtTwoRoutersAndAtFour() throws Exception {
        var routers = new ArrayList<FurtherRouter>();
        try {
            for (var id = 21; id <= 23; id++) {
                routers.add(new FurtherRouter(id));
            }
            billing.answersAt(ROUTER, "http://127.0.0.1:" + managementPort);
            billing.answersAt(21, managementUrl(routers.getFirst()));

            spends("shared-two", List.of(port, routers.getFirst().port()));

            billing.answersAt(22, managementUrl(routers.get(1)));
            billing.answersAt(23, managementUrl(routers.get(2)));
            spends(
                    "shared-four",
                    List.of(
                            port,
                            routers.getFirst().port(),
                            routers.get(1).port(),
                            routers.get(2).port()));
            handsOverWhatLiesIdle(routers.getFirst().port());
        } finally {
            for (var router = 21; router <= 23; router++) {
                billing.forgets(router);
            }
            billing.forgets(ROUTER);
            routers.forEach(FurtherRouter::close);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|{}|401",
                "wrong|{\"holders\":[]}|401",
                "test-token|{}|400",
                "test-token|{\"holders\":[null]}|400",
                "test-token|{\"holders\":[\"nobody\"]}|204"
            })
    void asksForCreditAmongServicesOnly(@Nullable String token, String body, int status) {
        var wanted = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + managementPort + "/internal/credit/wanted"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));

        assertThat(send(token == null ? wanted : wanted.header("Authorization", "Bearer " + token))
                        .statusCode())
                .isEqualTo(status);
    }

    /// Half of the connections leave early, so that what their router holds must come to the others.
    private void spends(String account, List<Integer> ports) throws InterruptedException {
        var key = known(account, ports, BALANCE * ScriptedMarket.ASK_NANO);
        var answers = new ConcurrentLinkedQueue<HttpResponse<String>>();
        var clients = new ArrayList<Thread>();
        for (var client = 0; client < CONNECTIONS; client++) {
            var at = ports.get(client % ports.size());
            var queries = client % ports.size() == 0 ? 5 : 60;
            clients.add(Thread.ofVirtual().start(() -> {
                for (var query = 0; query < queries; query++) {
                    answers.add(answeredOrRefused(key, at));
                }
            }));
        }
        for (var client : clients) {
            client.join();
        }

        assertThat(answers)
                .extracting(HttpResponse::statusCode)
                .as("answered, or refused for want of credit")
                .containsOnly(200, 402);
        assertThat(answers.stream()
                        .filter(answer -> answer.headers()
                                .firstValue("X-StreamSync-Price")
                                .filter("0.000004"::equals)
                                .isPresent())
                        .count())
                .isEqualTo(BALANCE);
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 200).count())
                .isEqualTo(BALANCE);
    }

    /// A node, or a lease, that the machine is too busy for does not count: nobody is charged, and the query is asked
    /// again.
    private static HttpResponse<String> answeredOrRefused(String key, int at) {
        var answer = ask(key, at);
        for (var more = 0; more < MOST_AGAIN && List.of(503, 504).contains(answer.statusCode()); more++) {
            answer = ask(key, at);
        }
        return answer;
    }

    /// What one router leased and nobody uses there is another's within the wait of its first query.
    private void handsOverWhatLiesIdle(int other) {
        var key = known("shared-idle", List.of(port, other), 2 * ScriptedMarket.ASK_NANO);
        assertThat(answeredOrRefused(key, port).statusCode()).isEqualTo(200);

        var since = System.nanoTime();
        assertThat(answeredOrRefused(key, other).statusCode()).isEqualTo(200);

        assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(12));
        assertThat(ask(key, other).statusCode()).isEqualTo(402);
        assertThat(ask(key, port).statusCode()).isEqualTo(402);
    }

    /// @return a key that all these routers know, with so much credit
    private String known(String account, List<Integer> ports, long nano) {
        market.allSay(HonestResults::to);
        var key = "ssk_" + account + "_0123456789";
        billing.shares(account, 0);
        market.key(key, account, "query", null);
        for (var at : ports) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> ask(key, at).statusCode() == 402);
        }
        billing.shares(account, nano);
        // what was said of an empty account is forgotten after a second
        Awaitility.await().pollDelay(Duration.ofMillis(1_100)).until(() -> true);
        return key;
    }

    private static HttpResponse<String> ask(String key, int port) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .header("Authorization", "Bearer " + key)
                .header("X-StreamSync-Max-Latency", PATIENT)
                .POST(BodyPublishers.ofString(call("1", "getBalance", "[\"a\"]"))));
    }

    private static String managementUrl(FurtherRouter router) throws IOException {
        return "http://127.0.0.1:" + router.context().getEnvironment().getRequiredProperty("local.management.port");
    }
}
