package io.streamsync.billing.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.protocol.money.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WatchTests {

    private static final String URL = "https://example.com/";
    private static final long NANO = Amount.NANO;

    private Watch watch = Watch.none(new CustomerId("acc_1"));

    @Test
    void tellsOncePerCrossing() {
        watch(5 * NANO, null);

        assertThat(told(6 * NANO, 0)).isEmpty();
        assertThat(told(5 * NANO, 0)).as("at the threshold is not below it").isEmpty();
        assertThat(told(5 * NANO - 1, 0)).containsExactly("balance.low");
        assertThat(told(3 * NANO, 0)).isEmpty();
        assertThat(told(5_400_000_000L, 0)).isEmpty();
        assertThat(told(4 * NANO, 0)).as("never well above").isEmpty();
        assertThat(told(5_500_000_000L, 0)).isEmpty();
        assertThat(told(4 * NANO, 0)).containsExactly("balance.low");
    }

    @Test
    void tellsHowLongTheBalanceLastsAtThePaceOfTheLastHour() {
        watch(null, 60);

        assertThat(told(10 * NANO, 0)).as("nothing is spent").isEmpty();
        assertThat(told(10 * NANO, 10 * NANO)).as("an hour").isEmpty();
        assertThat(told(10 * NANO, 11 * NANO)).containsExactly("runway.short");
        assertThat(told(10 * NANO, 9 * NANO)).isEmpty();
        assertThat(told(10 * NANO, 11 * NANO)).as("never well above").isEmpty();
        assertThat(told(10 * NANO, 8 * NANO)).isEmpty();
        assertThat(told(10 * NANO, 11 * NANO)).containsExactly("runway.short");
        assertThat(told(0, 1)).isEmpty();
    }

    @Test
    void tellsBothAtOnce() {
        watch(5 * NANO, 60);

        assertThat(told(NANO, 2 * NANO)).containsExactly("balance.low", "runway.short");
    }

    @Test
    void saysWhatItSaw() {
        watch(5 * NANO, 60);

        var alerts = watch.look(new Funds(NANO, 2 * NANO)).alerts();

        assertThat(alerts.get(0).facts())
                .containsOnlyKeys("accountId", "balance", "lowBalance")
                .containsEntry("balance", "1")
                .containsEntry("lowBalance", "5");
        assertThat(alerts.get(1).facts())
                .containsEntry("spentLastHour", "2")
                .containsEntry("minutesLeft", 30L)
                .containsEntry("runwayMinutes", 60);
    }

    @Test
    void tellsWhatStaysAsItWasNoSecondTime() {
        watch(5 * NANO, 60);
        told(NANO, 2 * NANO);

        watch(5 * NANO, 120);
        assertThat(told(NANO, 2 * NANO)).containsExactly("runway.short");

        watch(6 * NANO, 120);
        assertThat(told(NANO, 2 * NANO)).containsExactly("balance.low");
    }

    @Test
    void keepsTheSecretOfAWebhookThatStays() {
        var first = watch.with(new AlertTerms(1L, null, URL), "first");
        var same = first.with(new AlertTerms(2L, null, URL), "second");
        var other = same.with(new AlertTerms(2L, null, URL + "other"), "third");

        assertThat(List.of(
                        String.valueOf(first.secret()), String.valueOf(same.secret()), String.valueOf(other.secret())))
                .containsExactly("first", "first", "third");
        assertThat(other.with(AlertTerms.NONE, "fourth").secret()).isNull();
    }

    @Test
    void countsOfTheHourBeforeWhatLiesInTheLastSixtyMinutes() {
        var hour = Instant.parse("2026-11-22T12:00:00Z");

        assertThat(Funds.of(0, 0, 60, hour).spentLastHour()).isEqualTo(60);
        assertThat(Funds.of(0, 30, 60, hour.plus(Duration.ofMinutes(15))).spentLastHour())
                .isEqualTo(75);
        assertThat(Funds.of(0, 30, 60, hour.plus(Duration.ofMinutes(59))).spentLastHour())
                .isEqualTo(31);
        assertThat(Funds.of(Long.MAX_VALUE, 1, 0, hour).minutesLeft()).hasValue(Long.MAX_VALUE);
        assertThat(Funds.of(0, 0, 9_007_199_254_740_993L, hour).spentLastHour())
                .as("which no double can hold")
                .isEqualTo(9_007_199_254_740_993L);
    }

    private void watch(@Nullable Long lowBalance, @Nullable Integer runwayMinutes) {
        watch = watch.with(new AlertTerms(lowBalance, runwayMinutes, URL), "secret");
    }

    private List<String> told(long balance, long spentLastHour) {
        var look = watch.look(new Funds(balance, spentLastHour));
        watch = look.next();
        return look.alerts().stream().map(alert -> alert.type().wireName()).toList();
    }
}
