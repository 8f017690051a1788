package io.streamsync.router.node;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How long a node wants to be left alone: `Retry-After` in seconds, or until a date.
final class RetryAfter {

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private RetryAfter() {}

    /// @return 0 for none that can be understood
    static long seconds(@Nullable String header, Instant now) {
        if (header == null) {
            return 0;
        }
        var text = header.strip();
        if (SECONDS.matcher(text).matches()) {
            return Long.parseLong(text);
        }
        try {
            var until = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
            return Math.max(0, Duration.between(now, until).toSeconds());
        } catch (DateTimeException unreadable) {
            return 0;
        }
    }
}
