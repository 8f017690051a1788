package io.streamsync.system;

import static io.streamsync.system.OperatorWallet.body;
import static io.streamsync.system.ProblemTests.expect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.streamsync.system.Api.Reply;
import io.streamsync.system.Market.Account;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// Money that a customer has not spent is its own: it leaves once, and somebody says when it runs low.
class MoneyOutTests {

    private static final String DESTINATION = "CiLU9sZGmi1CHT8CMfGKsNnrG6WjLyFiSgLSq6dULa2L";
    private static final Duration TOLD = Duration.ofMinutes(2);

    private final Market market = Market.running();

    @Test
    void leavesTheBalanceAtOnceAndComesBackWhenItIsCalledOff() {
        var account = market.openAccount("2.00");

        var asked = withdraw(account, "1.50", UUID.randomUUID().toString());
        assertThat(asked.status()).as(asked.body()).isEqualTo(201);
        assertThat(asked.text("/status")).as("a new destination waits").isEqualTo("WAITING");
        assertThat(balance(account)).isEqualByComparingTo("0.50");

        var path = "/v1/account/withdrawals/" + asked.text("/withdrawalId");
        assertThat(account.management().send("DELETE", path, "").status()).isEqualTo(204);
        assertThat(balance(account)).isEqualByComparingTo("2.00");
        assertThat(account.management().get(path).text("/status")).isEqualTo("CANCELLED");
        Books.agree(account, "2.00", new ClientLog());
    }

    @Test
    void leavesOnceHoweverOftenAndAtOnceItIsAskedFor() throws Exception {
        var account = market.openAccount("1.00");
        var idempotencyKey = UUID.randomUUID().toString();

        var first = withdraw(account, "0.40", idempotencyKey);
        assertThat(withdraw(account, "0.40", idempotencyKey).body()).isEqualTo(first.body());
        expect(withdraw(account, "0.41", idempotencyKey), 422, "IDEMPOTENCY_KEY_REUSED");
        expect(withdraw(account, "0.61", UUID.randomUUID().toString()), 422, "BALANCE_TOO_LOW");
        try (var threads = Executors.newFixedThreadPool(4)) {
            Callable<Reply> half =
                    () -> withdraw(account, "0.40", UUID.randomUUID().toString());
            var taken = threads.invokeAll(Stream.generate(() -> half).limit(4).toList()).stream()
                    .map(answer -> answer.resultNow().status())
                    .toList();
            assertThat(taken).containsExactlyInAnyOrder(201, 422, 422, 422);
        }

        assertThat(balance(account)).isEqualByComparingTo("0.20");
        assertThat(Books.sum(account.management().items("/v1/account/entries"), "amount"))
                .isEqualByComparingTo("0.20");
    }

    @Test
    void saysWhenItRunsLowAndSignsIt() throws Exception {
        var account = market.openAccount("1.00");
        Queue<Delivered> delivered = new ConcurrentLinkedQueue<>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var headers = exchange.getRequestHeaders();
            delivered.add(new Delivered(
                    String.valueOf(headers.getFirst("webhook-id")),
                    String.valueOf(headers.getFirst("webhook-timestamp")),
                    String.valueOf(headers.getFirst("webhook-signature")),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            // the first time it does not get there
            exchange.sendResponseHeaders(delivered.size() == 1 ? 503 : 204, -1);
            exchange.close();
        });
        server.start();
        try {
            var url = "http://127.0.0.1:" + server.getAddress().getPort() + "/alerts";
            var alerts = account.management()
                    .send(
                            "PUT",
                            "/v1/account/alerts",
                            body().put("lowBalance", "5").put("webhookUrl", url).toString());
            assertThat(alerts.status()).as(alerts.body()).isEqualTo(200);

            await().atMost(TOLD).until(() -> delivered.size() > 1);

            var secret = alerts.text("/secret");
            assertThat(delivered).allSatisfy(one -> {
                assertThat(one.signature()).isEqualTo("v1," + one.signedWith(secret));
                assertThat(one.body()).contains("\"balance.low\"").contains(account.id());
            });
            assertThat(delivered.stream().map(Delivered::id).distinct()).hasSize(1);
        } finally {
            server.stop(0);
        }
    }

    private static Reply withdraw(Account account, String amount, String idempotencyKey) {
        return account.management()
                .post(
                        "/v1/account/withdrawals",
                        body().put("amount", amount)
                                .put("destination", DESTINATION)
                                .toString(),
                        "Idempotency-Key",
                        idempotencyKey);
    }

    private static BigDecimal balance(Account account) {
        return Books.decimal(account.state(), "balance");
    }

    /// A webhook as its receiver reads it, by the conventions of Standard Webhooks.
    private record Delivered(String id, String timestamp, String signature, String body) {

        String signedWith(String secret) throws Exception {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replaceFirst("^whsec_", "")), "HmacSHA256"));
            var signed = (id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8);
            return Base64.getEncoder().encodeToString(mac.doFinal(signed));
        }
    }
}
