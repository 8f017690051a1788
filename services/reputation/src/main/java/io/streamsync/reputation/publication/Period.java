package io.streamsync.reputation.publication;

import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// The time that a history covers.
///
/// @param from inclusive
/// @param to exclusive
record Period(Instant from, Instant to) {

    private static final Duration DEFAULT = Duration.ofDays(1);

    /// A month by the hour is 744 points.
    private static final Duration LONGEST = Duration.ofDays(31);

    /// Years that a calendar, JSON and the database can all hold.
    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    /// The last 24 hours where the caller names no time.
    static Period of(@Nullable String from, @Nullable String to, Instant now) {
        var end = to == null ? now : time("to", to);
        var start = from == null ? end.minus(DEFAULT) : time("from", from);
        if (start.isAfter(end)) {
            throw invalid("from", "a time not after to");
        }
        if (Duration.between(start, end).compareTo(LONGEST) > 0) {
            throw invalid("from", "a time at most " + LONGEST.toDays() + " days before to");
        }
        return new Period(start, end);
    }

    private static Instant time(String parameter, String text) {
        try {
            var time = OffsetDateTime.parse(text).toInstant();
            return time.isBefore(EARLIEST) ? EARLIEST : time.isAfter(LATEST) ? LATEST : time;
        } catch (DateTimeException _) {
            throw invalid(parameter, "a time such as 2026-11-22T17:00:00Z");
        }
    }

    private static Refusal invalid(String parameter, String expected) {
        return new Refusal(ProblemCode.INVALID_REQUEST, "The parameter " + parameter + " is not " + expected + ".")
                .field(parameter, "must be " + expected);
    }
}
