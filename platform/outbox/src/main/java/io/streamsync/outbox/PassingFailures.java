package io.streamsync.outbox;

import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.FixedBackOff;

/// Tells a database that is away from an event that cannot be handled: dead letters are for events, not for outages.
final class PassingFailures {

    private static final BackOff UNTIL_IT_IS_BACK =
            new FixedBackOff(Duration.ofSeconds(1).toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS);

    private PassingFailures() {}

    /// @return null for the usual number of tries
    static @Nullable BackOff backOff(ConsumerRecord<?, ?> failed, Exception reason) {
        for (Throwable cause = reason; cause != null; cause = cause.getCause()) {
            if (isPassing(cause)) {
                return UNTIL_IT_IS_BACK;
            }
        }
        return null;
    }

    private static boolean isPassing(Throwable cause) {
        return cause instanceof TransientDataAccessException
                || cause instanceof NonTransientDataAccessResourceException
                || cause instanceof RecoverableDataAccessException
                || cause instanceof CannotCreateTransactionException
                || cause instanceof TransactionSystemException;
    }
}
