package io.streamsync.billing.credit;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.billing.stream.Heard;
import io.streamsync.billing.stream.StreamId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SilenceTests {

    private static final Heard STREAM = new Heard(new StreamId(1, 1), Instant.ofEpochSecond(100), 7);
    private static final Heard OTHER = new Heard(new StreamId(2, 1), null, 7);

    private final Silence silence = new Silence(Duration.ofSeconds(60), Duration.ofSeconds(5));
    private long now = -7;

    @Test
    void isTooLongAfterItsLimitAndNotBefore() {
        look(STREAM);
        for (var passed = 5; passed <= 60; passed += 5) {
            assertThat(after(5, STREAM)).as("%d s", passed).isEmpty();
        }

        assertThat(after(5, STREAM)).containsExactly(STREAM);
    }

    @Test
    void endsWithTheNextCallWhateverTheDatabaseTakesForTheTime() {
        look(STREAM);
        for (var passed = 0; passed < 600; passed += 5) {
            var calling = new Heard(STREAM.stream(), Instant.ofEpochSecond(passed % 2 == 0 ? 3_600 : 10), 7);
            assertThat(after(5, calling)).isEmpty();
        }
    }

    @Test
    void endsWhenTheStreamMoves() {
        look(OTHER);
        for (var passed = 0; passed < 600; passed += 5) {
            assertThat(after(5, new Heard(OTHER.stream(), null, passed))).isEmpty();
        }
    }

    @Test
    void countsNoTimeInWhichNobodyLooked() {
        look(STREAM);

        assertThat(after(3_600, STREAM))
                .as("the database was away, or this process stood still")
                .isEmpty();
        assertThat(after(49, STREAM)).isEmpty();
        assertThat(after(3_600, STREAM)).isEmpty();
    }

    @Test
    void beginsAnewForAStreamThatWasNotLookedFor() {
        look(STREAM);
        for (var passed = 0; passed < 60; passed += 5) {
            after(5, STREAM);
        }
        look(OTHER);

        assertThat(after(5, STREAM, OTHER)).isEmpty();
    }

    @Test
    void goesOnFromWhatWasCountedBefore() {
        var kept = Map.of(STREAM, Duration.ofSeconds(58));
        silence.observe(List.of(STREAM), kept, now);

        assertThat(after(5, STREAM)).containsExactly(STREAM);
        assertThat(after(5, new Heard(STREAM.stream(), STREAM.toldAt(), 8))).isEmpty();
    }

    @Test
    void takesOverNothingThatOthersCountAtTheSameTime() {
        look(STREAM);
        for (var passed = 5; passed <= 60; passed += 5) {
            now += Duration.ofSeconds(5).toNanos();
            assertThat(silence.observe(List.of(STREAM), Map.of(STREAM, Duration.ofSeconds(passed + 4)), now))
                    .containsEntry(STREAM, Duration.ofSeconds(passed));
        }
    }

    private void look(Heard... heard) {
        assertThat(tooLong(heard)).isEmpty();
    }

    private List<Heard> after(int seconds, Heard... heard) {
        now += Duration.ofSeconds(seconds).toNanos();
        return tooLong(heard);
    }

    private List<Heard> tooLong(Heard... heard) {
        return silence.observe(List.of(heard), Map.of(), now).entrySet().stream()
                .filter(one -> silence.isTooLong(one.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
