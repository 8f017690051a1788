package io.streamsync.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.system.Market.Account;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What was answered with a price is charged, whatever dies.
class SurvivalTests {

    private static final int CLIENTS = 8;
    private static final String SECOND_ROUTER = "/routers/1/pid";
    private static final String ADDRESS = "[\"11111111111111111111111111111111\"]";

    /// A service needs 10 s to start on an idle machine, and much longer on a busy one.
    private static final Duration HEALED = Duration.ofMinutes(3);

    private static final Duration RETRY = Duration.ofMillis(100);
    private static final BigDecimal DEPOSIT = new BigDecimal("1.00");

    /// Ten times what a lookup costs here: the most that one answer on its way to the client can have been charged.
    private static final BigDecimal IN_FLIGHT = new BigDecimal("0.00004");

    private final Market market = Market.running();

    @Test
    void chargesWhatWasAnsweredAlthoughTheRouterIsKilledUnderLoad() throws Exception {
        Account account = market.openAccount(DEPOSIT.toPlainString());
        Queue<BigDecimal> paid = new ConcurrentLinkedQueue<>();
        var stop = new AtomicBoolean();
        var router = routerPid();
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            IntStream.range(0, CLIENTS).forEach(n -> clients.execute(() -> ask(account, paid, stop)));
            await().atMost(HEALED).until(() -> paid.size() > 200);

            Processes.kill(router);

            await().atMost(HEALED).ignoreExceptions().until(() -> routerPid() != router);
            var before = paid.size();
            await().atMost(HEALED).until(() -> paid.size() > before + 200);
            stop.set(true);
        }

        var sum = paid.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        await().atMost(HEALED).untilAsserted(() -> {
            var charged = DEPOSIT.subtract(Books.decimal(account.state(), "balance"));
            assertThat(charged).isBetween(sum, sum.add(IN_FLIGHT.multiply(BigDecimal.valueOf(CLIENTS))));
            assertThat(Books.sum(account.management().items("/v1/account/usage?groupBy=method"), "paid"))
                    .isEqualByComparingTo(charged);
        });
    }

    @Test
    void losesNoQueryWhenARouterStops() throws Exception {
        Account account = market.openAccount(DEPOSIT.toPlainString());
        Queue<Integer> answers = new ConcurrentLinkedQueue<>();
        var elsewhere = new AtomicInteger();
        var stop = new AtomicBoolean();
        var router = Processes.of(SECOND_ROUTER);
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            var asking = IntStream.range(0, CLIENTS)
                    .mapToObj(n -> clients.submit(() -> askEitherRouter(account, answers, elsewhere, stop)))
                    .toList();
            try {
                await().atMost(HEALED).until(() -> answers.size() > 200);

                Processes.signal(router, "TERM");

                await().atMost(HEALED).until(() -> elsewhere.get() > 100);
            } finally {
                stop.set(true);
            }
            for (var client : asking) {
                client.get();
            }
        }

        assertThat(answers).containsOnly(200);
        await().atMost(HEALED)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class) // it does not listen yet
                .until(() -> Processes.of(SECOND_ROUTER) != router && isServing(market.secondRouter()));
    }

    /// As a load balancer does: to the other router as soon as the first one ends connections, or refuses one.
    private void askEitherRouter(Account account, Queue<Integer> answers, AtomicInteger elsewhere, AtomicBoolean stop) {
        var stopping = market.secondRouter().as(account.apiKey());
        while (!stop.get() && askUntilItLeaves(stopping, answers)) {}
        while (!stop.get()) {
            answers.add(account.queries().query("getBalance", ADDRESS).status());
            elsewhere.incrementAndGet();
        }
    }

    private static boolean askUntilItLeaves(Api router, Queue<Integer> answers) {
        try {
            var answer = router.query("getBalance", ADDRESS);
            answers.add(answer.status());
            return answer.response().headers().firstValue("Connection").isEmpty();
        } catch (UncheckedIOException e) {
            assertThat(e).hasCauseInstanceOf(ConnectException.class);
            return false;
        }
    }

    private static void ask(Account account, Queue<BigDecimal> paid, AtomicBoolean stop) {
        while (!stop.get()) {
            try {
                var answer = account.queries().query("getBalance", ADDRESS, "X-StreamSync-Max-Latency", "9s");
                if (answer.status() == 200 && !answer.header("Price").isEmpty()) {
                    paid.add(new BigDecimal(answer.header("Price")));
                }
            } catch (UncheckedIOException routerIsDown) {
                LockSupport.parkNanos(RETRY.toNanos()); // as any client would
            }
        }
    }

    private static long routerPid() throws IOException, InterruptedException {
        return Processes.of("/routers/0/pid");
    }

    private static boolean isServing(Api router) {
        return router.get("/v1/network").status() == 200;
    }
}
