package io.streamsync.protocol.parameters;

import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.money.Asset;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads replaced parameters one by one; refuses with a sentence that names the parameter and what it may be.
final class Overrides {

    private final Map<String, ?> given;

    Overrides(Map<String, ?> given, Set<String> known) {
        for (var name : given.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "unknown parameter \"" + name + "\": the parameters are " + String.join(", ", known));
            }
        }
        this.given = given;
    }

    int count(String name, int otherwise, int least, int most) {
        if (!given.containsKey(name)) {
            return otherwise;
        }
        var what = "a whole number from " + least + " to " + most;
        var value = whole(given.get(name)).orElseThrow(() -> refusal(name, what));
        if (value.compareTo(BigInteger.valueOf(least)) < 0 || value.compareTo(BigInteger.valueOf(most)) > 0) {
            throw refusal(name, what);
        }
        return value.intValueExact();
    }

    Duration duration(String name, Duration otherwise, Duration least, Duration most) {
        if (!given.containsKey(name)) {
            return otherwise;
        }
        return duration(given.get(name))
                .filter(value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0)
                .orElseThrow(() -> refusal(
                        name,
                        "a duration from " + Durations.text(least) + " to " + Durations.text(most)
                                + ", such as \"5m\", \"2s\", \"200ms\" or a number of ms"));
    }

    long amount(String name, long otherwise, long leastNano) {
        if (!given.containsKey(name)) {
            return otherwise;
        }
        var what = "a decimal string of at least " + Amount.decimal(leastNano) + " STRM, such as \"10000\"";
        if (!(given.get(name) instanceof String text)) {
            throw refusal(name, what);
        }
        try {
            var nano = Amount.parse(Asset.STRM, text).nanoUnits();
            if (nano >= leastNano) {
                return nano;
            }
        } catch (IllegalArgumentException notAnAmount) {
            throw new IllegalArgumentException(refusal(name, what).getMessage(), notAnAmount);
        }
        throw refusal(name, what);
    }

    private static Optional<Duration> duration(@Nullable Object value) {
        if (value instanceof String text) {
            return Durations.parse(text);
        }
        return whole(value)
                .filter(millis -> millis.signum() >= 0 && millis.bitLength() < 48)
                .map(millis -> Duration.ofMillis(millis.longValueExact()));
    }

    private static Optional<BigInteger> whole(@Nullable Object value) {
        return switch (value) {
            case Integer number -> Optional.of(BigInteger.valueOf(number));
            case Long number -> Optional.of(BigInteger.valueOf(number));
            case BigInteger number -> Optional.of(number);
            case null, default -> Optional.empty();
        };
    }

    private IllegalArgumentException refusal(String name, String what) {
        var value = given.get(name);
        return new IllegalArgumentException("parameter " + name + " is " + what + ", not "
                + (value instanceof String text ? "\"" + shortened(text) + "\"" : shortened(String.valueOf(value))));
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
