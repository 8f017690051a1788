package io.streamsync.billing.market;

import io.streamsync.billing.paging.Period;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.market.QueryClass;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// How prices and volume of a class went, for everybody.
@RestController
class HistoryController {

    /// A day in minutes, and then some.
    private static final int MOST_POINTS = 1_500;

    private final MarketHistory history;
    private final InstantSource clock;

    HistoryController(MarketHistory history, InstantSource clock) {
        this.history = history;
        this.clock = clock;
    }

    /// Steps start at multiples of their length; the first is the one that `from` lies in.
    @GetMapping("/v1/market/history")
    HistoryView history(
            @RequestParam(name = "class", required = false) @Nullable String className,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable String step) {
        var queryClass = queryClass(className);
        var length = Step.parse(step);
        var now = clock.instant();
        var period = Period.of(from, to == null ? now : to, now);
        var start = start(period.from(), length);
        if (!MarketHistory.isWholeHours(length) && start.isBefore(now.minus(MarketPruning.MINUTES_KEPT))) {
            throw new Refusal(
                            ProblemCode.INVALID_REQUEST,
                            "Minutes are kept for " + MarketPruning.MINUTES_KEPT.toDays() + " days, hours for ever.")
                    .field("step", "whole hours");
        }
        var points = Duration.between(start, period.to()).toSeconds() / length.toSeconds();
        if (points > MOST_POINTS) {
            throw new Refusal(ProblemCode.INVALID_REQUEST, "A history has at most " + MOST_POINTS + " steps.")
                    .field("step", "longer, or a shorter period");
        }
        return new HistoryView(
                queryClass.wireName(),
                start,
                period.to(),
                Step.text(length),
                history.of(queryClass, start, period.to(), length));
    }

    private static QueryClass queryClass(@Nullable String name) {
        return (name == null ? Optional.<QueryClass>empty() : QueryClass.ofWireName(name))
                .orElseThrow(() -> new Refusal(ProblemCode.INVALID_REQUEST, "Say which class's history.")
                        .field(
                                "class",
                                Arrays.stream(QueryClass.values())
                                        .map(QueryClass::wireName)
                                        .collect(Collectors.joining(", "))));
    }

    private static Instant start(Instant from, Duration step) {
        return Instant.ofEpochSecond(from.getEpochSecond() - Math.floorMod(from.getEpochSecond(), step.toSeconds()));
    }

    record HistoryView(String queryClass, Instant from, Instant to, String step, List<MarketHistory.Point> items) {}
}
