package io.streamsync.billing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Has no test begin just before a full hour: what is spent is summed by hours and days, and what a test spent
/// before midnight is not of today after it.
final class OffTheHour implements BeforeEachCallback {

    private static final Duration LONGEST_TEST = Duration.ofSeconds(40);

    @Override
    public void beforeEach(ExtensionContext context) {
        await().atMost(LONGEST_TEST.multipliedBy(2)).until(() -> {
            var now = Instant.now();
            return now.truncatedTo(ChronoUnit.HOURS)
                    .equals(now.plus(LONGEST_TEST).truncatedTo(ChronoUnit.HOURS));
        });
    }
}
