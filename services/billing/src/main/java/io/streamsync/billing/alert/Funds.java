package io.streamsync.billing.alert;

import java.math.BigInteger;
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
        return new Funds(balance, Math.addExact(spentThisHour, share(spentHourBefore, hour - passed, hour)));
    }

    /// For how many minutes the balance lasts at this pace; empty when nothing is spent.
    OptionalLong minutesLeft() {
        return spentLastHour <= 0
                ? OptionalLong.empty()
                : OptionalLong.of(share(Math.max(0, balance), 60, spentLastHour));
    }

    /// Rounded down; what a long cannot hold is the longest there is.
    private static long share(long whole, long part, long of) {
        return BigInteger.valueOf(whole)
                .multiply(BigInteger.valueOf(part))
                .divide(BigInteger.valueOf(of))
                .min(BigInteger.valueOf(Long.MAX_VALUE))
                .longValue();
    }
}
