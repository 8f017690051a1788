package io.streamsync.billing.explanation;

import io.streamsync.billing.account.AnyKey;
import io.streamsync.billing.account.Caller;
import io.streamsync.billing.paging.Page;
import io.streamsync.billing.paging.Period;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Races: one for whoever knows its id, all of the caller's own.
@RestController
@RequestMapping("/v1/races")
class RaceController {

    private final Explanations explanations;
    private final InstantSource clock;

    RaceController(Explanations explanations, InstantSource clock) {
        this.explanations = explanations;
        this.clock = clock;
    }

    @GetMapping("/{raceId}")
    Explanation explain(@PathVariable String raceId, @AnyKey(orNone = true) @Nullable Caller caller) {
        return explanations
                .explain(raceId, caller)
                .orElseThrow(() -> new Refusal(
                        ProblemCode.NOT_FOUND, "No race of this id. A race is here within a second of its answer."));
    }

    @GetMapping
    Page<RaceView> list(
            @AnyKey Caller caller,
            @RequestParam(required = false) @Nullable String batch,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to) {
        var size = Page.size(limit);
        if (batch == null) {
            var period = Period.of(from, to, clock.instant());
            var found = explanations.ofCustomer(caller.customer(), period, cursor, size + 1);
            return Page.of(found, size, RaceView::raceId, race -> race);
        }
        if (!batch.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new Refusal(ProblemCode.INVALID_REQUEST, "This is no batch.")
                    .field("batch", "take it from X-StreamSync-Batch");
        }
        var start = (int) Math.clamp(Page.position(cursor, 0), 0, Integer.MAX_VALUE - size - 1L);
        var found = explanations.ofBatch(caller.customer(), batch, start, size + 1);
        return Page.of(found, size, race -> Integer.toString(start + size), race -> race);
    }
}
