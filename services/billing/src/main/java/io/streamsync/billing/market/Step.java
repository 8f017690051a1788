package io.streamsync.billing.market;

import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The length of a history's steps: whole minutes, up to a day.
final class Step {

    private static final Duration DEFAULT = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofDays(1);

    /// Seconds, minutes, hours, days; a bare number is milliseconds, as everywhere.
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)?");

    private Step() {}

    static Duration parse(@Nullable String text) {
        if (text == null) {
            return DEFAULT;
        }
        var parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw refused();
        }
        var count = Long.parseLong(parts.group(1));
        var step = switch (parts.group(2) == null ? "ms" : parts.group(2)) {
            case "d" -> Duration.ofDays(count);
            case "h" -> Duration.ofHours(count);
            case "m" -> Duration.ofMinutes(count);
            case "s" -> Duration.ofSeconds(count);
            default -> Duration.ofMillis(count);
        };
        if (step.isZero() || step.toMillis() % Duration.ofMinutes(1).toMillis() != 0 || step.compareTo(LONGEST) > 0) {
            throw refused();
        }
        return step;
    }

    static String text(Duration step) {
        return step.toMinutes() + "m";
    }

    private static Refusal refused() {
        return new Refusal(ProblemCode.INVALID_REQUEST, "A step is whole minutes.").field("step", "1m to 1d");
    }
}
