package io.streamsync.billing.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Http;
import io.streamsync.billing.account.CustomerId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Sums by customer and operator are the same whether they are folded in yet or not.
@BillingTest
class UsageFoldingTests {

    /// More than a pass folds.
    private static final int BATCHES = 150;

    private static final Instant AT = Instant.parse("2026-03-04T05:06:07Z");

    @Autowired
    Http http;

    @Autowired
    Usage usage;

    @Autowired
    UsageFolding folding;

    @Autowired
    JdbcClient jdbc;

    private final List<String> customers = new ArrayList<>();

    /// No frame holds what these tests add: reconciliation would miss it.
    @AfterEach
    void forget() {
        folding.foldAll();
        for (var table : List.of("usage_method", "usage_operator")) {
            jdbc.sql("delete from " + table + " where account_id = any(?)")
                    .param(customers.toArray(String[]::new))
                    .update();
        }
        jdbc.sql("delete from usage_earned where operator_id in ('one', 'two')").update();
    }

    @Test
    void tellsTheSameBeforeAndAfter() {
        var customer = customer();
        for (int batch = 0; batch < BATCHES; batch++) {
            usage.add(batch(customer.id()));
        }
        var before = told(customer);

        folding.foldAll();

        assertThat(before).isEqualTo("""
                [{"key":"one","queries":300,"charged":"0.00000165","refunded":"0.0000003","paid":"0.00000135"},\
                {"key":"two","queries":150,"charged":"0.0000003","refunded":"0.0000003","paid":"0"}]""");
        assertThat(told(customer)).isEqualTo(before);
        assertThat(count("usage_batch where ? = any(account_ids)", customer)).isZero();
        assertThat(count("usage_operator where account_id = ?", customer))
                .as("two operators, two hours of one of them")
                .isEqualTo(3);
    }

    @Test
    void addsToWhatIsFolded() {
        var customer = customer();
        usage.add(batch(customer.id()));
        folding.foldAll();
        usage.add(batch(customer.id()));
        var before = told(customer);
        folding.foldAll();

        assertThat(before).contains("\"key\":\"one\",\"queries\":4").isEqualTo(told(customer));
    }

    /// Two instances fold while a third posts: nothing is folded twice or lost, and no reader sees less than before.
    @Test
    void losesNothingWhereSeveralFold() throws Exception {
        var customer = customer();
        var seen = new ArrayList<Long>();
        var foldedMeanwhile = false;
        try (var threads = Executors.newFixedThreadPool(3)) {
            Callable<Void> post = () -> {
                for (int batch = 0; batch < BATCHES; batch++) {
                    usage.add(batch(customer.id()));
                }
                return null;
            };
            var posting = threads.submit(post);
            Callable<Void> fold = () -> {
                while (!posting.isDone()) {
                    folding.foldAll();
                }
                return null;
            };
            var work = List.of(posting, threads.submit(fold), threads.submit(fold));
            do {
                seen.add(queries(customer));
                foldedMeanwhile |= !posting.isDone() && count("usage_operator where account_id = ?", customer) > 0;
            } while (!work.stream().allMatch(one -> one.isDone()));
            for (var one : work) {
                one.get();
            }
        }
        folding.foldAll();

        assertThat(foldedMeanwhile).isTrue();
        assertThat(seen).isSorted();
        assertThat(queries(customer)).isEqualTo(3L * BATCHES);
        assertThat(count("usage_batch where ? = any(account_ids)", customer)).isZero();
    }

    /// A race won by "one" in each of two hours, of which the insurance paid a nano-unit, and one by "two", not
    /// charged.
    private static UsageOfBatch batch(String customer) {
        var batch = new UsageOfBatch(Instant.EPOCH);
        var id = new CustomerId(customer);
        IntStream.of(0, 1)
                .forEach(hour -> batch.asked(
                        id,
                        AT.plus(Duration.ofHours(hour)),
                        "getSlot",
                        QueryClass.LOOKUP,
                        new OperatorId("one"),
                        hour + 5,
                        hour + 5,
                        hour + 4,
                        0));
        batch.asked(id, AT, "getSlot", QueryClass.LOOKUP, new OperatorId("two"), 2, 0, 0, 0);
        return batch;
    }

    private Http.Customer customer() {
        var customer = http.customer("1");
        customers.add(customer.id());
        return customer;
    }

    private String told(Http.Customer customer) {
        return http.get(
                        "/v1/account/usage?groupBy=operator&from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z",
                        customer.ask())
                .json()
                .path("items")
                .toString();
    }

    private long queries(Http.Customer customer) {
        return jdbc.sql("select coalesce(sum(queries), 0) from usage_by_operator where account_id = ?")
                .param(customer.id())
                .query(Long.class)
                .single();
    }

    private long count(String from, Http.Customer customer) {
        return jdbc.sql("select count(*) from " + from)
                .param(customer.id())
                .query(Long.class)
                .single();
    }
}
