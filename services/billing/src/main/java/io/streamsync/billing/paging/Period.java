package io.streamsync.billing.paging;

import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
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

    /// A year, and a day for the edges of calendars.
    private static final Duration LONGEST = Duration.ofDays(367);

    /// Years that a calendar, JSON and the database can all hold.
    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    /// The last 24 hours where the caller names no time.
    public static Period of(@Nullable Instant from, @Nullable Instant to, Instant now) {
        return of(from, to, now, LONGEST);
    }

    /// @param longest that the list can cover at once
    public static Period of(@Nullable Instant from, @Nullable Instant to, Instant now, Duration longest) {
        var end = within("to", to == null ? now.plus(AHEAD) : to);
        var start = within("from", from == null ? (to == null ? now : end).minus(DEFAULT) : from);
        if (start.isAfter(end)) {
            throw refused("from", "not after to");
        }
        if (Duration.between(start, end).minus(AHEAD).compareTo(longest) > 0) {
            throw refused("from", "at most " + longest.toDays() + " days before to: ask for one part after the other");
        }
        return new Period(start, end);
    }

    private static Instant within(String field, Instant time) {
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw refused(field, "a time between 1970 and 9999");
        }
        return time;
    }

    private static Refusal refused(String field, String detail) {
        return new Refusal(ProblemCode.INVALID_REQUEST, "No list covers such a period.").field(field, detail);
    }
}
