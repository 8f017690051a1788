package io.streamsync.protocol.parameters;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Durations as the public interfaces write them: `5m`, `2s`, `50ms`; a bare number is ms.
final class Durations {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,12})(ms|s|m|h|d|)");

    private Durations() {}

    static Optional<Duration> parse(String text) {
        var matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(unit(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1))));
    }

    /// In the largest unit that divides it.
    static String text(Duration duration) {
        var millis = duration.toMillis();
        for (var unit : new String[] {"d", "h", "m", "s"}) {
            if (millis % unit(unit).toMillis() == 0 && (millis > 0 || unit.equals("s"))) {
                return millis / unit(unit).toMillis() + unit;
            }
        }
        return millis + "ms";
    }

    private static Duration unit(String name) {
        return switch (name) {
            case "d" -> Duration.ofDays(1);
            case "h" -> Duration.ofHours(1);
            case "m" -> Duration.ofMinutes(1);
            case "s" -> Duration.ofSeconds(1);
            default -> Duration.ofMillis(1);
        };
    }
}
