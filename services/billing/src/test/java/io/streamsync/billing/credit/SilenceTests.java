package io.streamsync.billing.credit;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.billing.stream.Heard;
import io.streamsync.billing.stream.StreamId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SilenceTests {

    private static final Heard ROUTER = new Heard(new StreamId(1, 1), Instant.ofEpochSecond(100));
    private static final Heard OTHER = new Heard(new StreamId(2, 1), Instant.ofEpochSecond(100));

    private final Silence silence = new Silence(Duration.ofSeconds(60), Duration.ofSeconds(5));
    private long now = -7;

    @Test
    void isTooLongAfterItsLimitAndNotBefore() {
        look(ROUTER);
        for (var passed = 5; passed <= 60; passed += 5) {
            assertThat(after(5, ROUTER)).as("%d s", passed).isEmpty();
        }

        assertThat(after(5, ROUTER)).containsExactly(ROUTER);
    }

    @Test
    void endsWithTheNextCallWhateverTheDatabaseTakesForTheTime() {
        look(ROUTER);
        for (var passed = 0; passed < 600; passed += 5) {
            var calling = new Heard(OTHER.stream(), Instant.ofEpochSecond(passed % 2 == 0 ? 3_600 : 10));
            assertThat(after(5, calling)).isEmpty();
        }
    }

    @Test
    void countsNoTimeInWhichNobodyLooked() {
        look(ROUTER);

        assertThat(after(3_600, ROUTER))
                .as("the database was away, or this process stood still")
                .isEmpty();
        assertThat(after(49, ROUTER)).isEmpty();
        assertThat(after(3_600, ROUTER)).isEmpty();
    }

    @Test
    void beginsAnewForARouterThatWasNotLookedFor() {
        look(ROUTER);
        for (var passed = 0; passed < 60; passed += 5) {
            after(5, ROUTER);
        }
        look(OTHER);

        assertThat(after(5, ROUTER, OTHER)).isEmpty();
    }

    private void look(Heard... heard) {
        assertThat(silence.observe(List.of(heard), now)).isEmpty();
    }

    private List<Heard> after(int seconds, Heard... heard) {
        now += Duration.ofSeconds(seconds).toNanos();
        return silence.observe(List.of(heard), now);
    }
}
