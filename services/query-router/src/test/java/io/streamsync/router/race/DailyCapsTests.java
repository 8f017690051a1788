package io.streamsync.router.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.router.access.Credential;
import io.streamsync.router.access.Credential.Scope;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DailyCapsTests {

    private static final long NOON = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli();
    private static final long LATE = Instant.parse("2026-11-22T23:59:58.500Z").toEpochMilli();
    private static final long TOMORROW = Instant.parse("2026-11-23T00:00:00Z").toEpochMilli();

    private final DailyCaps caps = new DailyCaps();

    @Test
    void spendsTheCapAndNoMore() {
        var first = caps.spending(capped(10_000), NOON);
        assertThat(first.hold(4_000, 4_000)).isTrue();
        first.answered(4_000);
        var second = caps.spending(capped(10_000), NOON);
        assertThat(second.hold(4_000, 4_000)).isTrue();
        second.answered(4_000);

        assertThat(caps.spending(capped(10_000), NOON).hold(4_000, 4_000)).isFalse();
        assertThat(caps.spending(capped(8_000), NOON).isUsedUp()).isTrue();
        assertThat(caps.spending(capped(12_000), NOON).hold(4_000, 4_000)).isTrue();
    }

    @Test
    void holdsWhatIsUnderway() {
        assertThat(caps.spending(capped(5_000), NOON).hold(4_000, 4_000)).isTrue();

        assertThat(caps.spending(capped(5_000), NOON).hold(4_000, 4_000)).isFalse();
    }

    @Test
    void countsNothingForWhatIsFree() {
        var free = caps.spending(capped(4_000), NOON);
        free.hold(4_000, 4_000);
        free.answered(0);

        assertThat(caps.spending(capped(4_000), NOON).hold(4_000, 4_000)).isTrue();
    }

    @Test
    void letsAQueryCostNoMoreThanIsLeft() {
        var dear = caps.spending(capped(10_000), NOON);

        assertThat(dear.hold(4_000, 50_000)).isTrue();
        assertThat(dear.heldNano()).isEqualTo(10_000);
        assertThat(caps.spending(capped(10_000), NOON).hold(4_000, 50_000)).isFalse();
        dear.answered(5_000);
        assertThat(caps.spending(capped(10_000), NOON).hold(4_000, 50_000)).isTrue();
    }

    @Test
    void forgetsWhatWasSpentYesterday() {
        caps.spending(capped(10_000), NOON).hold(4_000, 4_000);

        caps.tidy(LATE);
        assertThat(caps.size()).isEqualTo(1);
        caps.tidy(TOMORROW);
        assertThat(caps.size()).isZero();
    }

    @Test
    void beginsAnewAtMidnightUtc() {
        var last = caps.spending(capped(4_000), LATE);
        last.hold(4_000, 4_000);
        var tomorrows = caps.spending(capped(4_000), TOMORROW);
        last.answered(4_000);

        assertThat(caps.spending(capped(4_000), LATE + 1).isUsedUp()).isFalse();
        assertThat(tomorrows.hold(4_000, 4_000)).isTrue();
        assertThat(DailyCaps.secondsToTomorrow(LATE)).isEqualTo(2);
        assertThat(DailyCaps.secondsToTomorrow(TOMORROW)).isEqualTo(86_400);
    }

    @Test
    void bindsNoKeyWithoutACap() {
        var uncapped = new Credential(
                "key",
                "account",
                Scope.QUERY,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalInt.empty(),
                OptionalInt.empty());

        assertThat(caps.spending(uncapped, NOON).isUsedUp()).isFalse();
        assertThat(caps.spending(uncapped, NOON).hold(Long.MAX_VALUE, Long.MAX_VALUE))
                .isTrue();
        assertThat(caps.spending(uncapped, NOON).hold(Long.MAX_VALUE, Long.MAX_VALUE))
                .isTrue();
    }

    private static Credential capped(long nano) {
        return new Credential(
                "key",
                "account",
                Scope.QUERY,
                OptionalLong.empty(),
                OptionalLong.of(nano),
                OptionalInt.empty(),
                OptionalInt.empty());
    }
}
