package io.streamsync.billing.paging;

import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The time that a list covers.
///
/// @param from inclusive
/// @param to exclusive
public record Period(Instant from, Instant to) {

    private static final Duration DEFAULT = Duration.ofHours(24);

    /// What arrives while a request is answered belongs to "now".
    private static final Duration AHEAD = Duration.ofMinutes(5);

    /// Years that a calendar, JSON and the database can all hold.
    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    /// The last 24 hours where the caller names no time.
    public static Period of(@Nullable Instant from, @Nullable Instant to, Instant now) {
        var end = to == null ? now.plus(AHEAD) : to;
        try {
            var start = from == null ? (to == null ? now : end).minus(DEFAULT) : from;
            return new Period(within(start), within(end));
        } catch (DateTimeException tooFar) {
            throw new Refusal(ProblemCode.INVALID_REQUEST, "That is outside of all times.");
        }
    }

    private static Instant within(Instant time) {
        return time.isBefore(EARLIEST) ? EARLIEST : time.isAfter(LATEST) ? LATEST : time;
    }
}
