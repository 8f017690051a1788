package io.streamsync.billing.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;

/// What a customer has, and how fast it spends it.
///
/// @param balance nano-USDC, available and leased
/// @param spentLastHour nano-USDC
record Funds(long balance, long spentLastHour) {

    /// Usage is summed by the hours of the clock: of the hour before, as large a part counts as lies within the last 60
    /// minutes.
    static Funds of(long balance, long spentThisHour, long spentHourBefore, Instant now) {
        var hour = Duration.ofHours(1).toMillis();
        var passed = now.toEpochMilli() - now.truncatedTo(ChronoUnit.HOURS).toEpochMilli();
        var before = (long) ((double) spentHourBefore * (hour - passed) / hour);
        return new Funds(balance, spentThisHour + before);
    }

    /// For how many minutes the balance lasts at this pace; empty when nothing is spent.
    OptionalLong minutesLeft() {
        return spentLastHour <= 0
                ? OptionalLong.empty()
                : OptionalLong.of((long) ((double) Math.max(0, balance) / spentLastHour * 60));
    }
}
