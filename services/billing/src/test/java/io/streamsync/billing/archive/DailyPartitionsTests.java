package io.streamsync.billing.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamsync.billing.BillingTest;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.TransactionSystemException;

@BillingTest
class DailyPartitionsTests {

    private static final LocalDate DAY = LocalDate.of(2093, 4, 5);

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Test
    void createsAgainWhatTheDatabaseDidNotCommit() {
        var partitions = new DailyPartitions(jdbc, new LosingItsFirstCommit(transactions));

        assertThatThrownBy(() -> partitions.ensure(List.of(DAY))).isInstanceOf(TransactionSystemException.class);
        partitions.ensure(List.of(DAY));

        assertThat(jdbc.sql("select count(*) from pg_class where relname like '%_20930405'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(3);
    }

    /// A database that goes away at a commit.
    private static final class LosingItsFirstCommit implements PlatformTransactionManager {

        private final PlatformTransactionManager real;
        private boolean lost;

        LosingItsFirstCommit(PlatformTransactionManager real) {
            this.real = real;
        }

        @Override
        public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
            return real.getTransaction(definition);
        }

        @Override
        public void commit(TransactionStatus status) {
            if (lost) {
                real.commit(status);
            } else {
                lost = true;
                real.rollback(status);
                throw new TransactionSystemException("the connection broke");
            }
        }

        @Override
        public void rollback(TransactionStatus status) {
            real.rollback(status);
        }
    }
}
