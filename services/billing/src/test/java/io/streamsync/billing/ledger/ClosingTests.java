package io.streamsync.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.billing.BillingTest;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@BillingTest
class ClosingTests {

    private static final int POSTING = 6;

    @Autowired
    Closing closing;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    /// Transactions that overlap, so that at every moment somebody books.
    @Test
    void getsItsTurnHoweverManyBook() throws Exception {
        var enough = new AtomicBoolean();
        var booking = new CountDownLatch(POSTING);
        try (var workers = Executors.newCachedThreadPool()) {
            var posting = new ArrayList<Future<?>>();
            for (var number = 0; number < POSTING; number++) {
                posting.add(workers.submit(() -> {
                    while (!enough.get()) {
                        book(booking);
                    }
                }));
            }
            try {
                assertThat(booking.await(30, TimeUnit.SECONDS)).isTrue();
                var locked = workers.submit(() -> transaction.executeWithoutResult(_ -> closing.lock()));
                locked.get(20, TimeUnit.SECONDS);
            } finally {
                enough.set(true);
            }
            for (var one : posting) {
                one.get(30, TimeUnit.SECONDS);
            }
        }
    }

    private void book(CountDownLatch booking) {
        transaction.executeWithoutResult(_ -> {
            closing.until();
            booking.countDown();
            jdbc.sql("select 1 from pg_sleep(0.1)").query(Integer.class).single();
        });
    }
}
