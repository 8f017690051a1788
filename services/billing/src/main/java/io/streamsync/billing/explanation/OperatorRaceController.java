package io.streamsync.billing.explanation;

import io.streamsync.billing.archive.OperatorRaces;
import io.streamsync.billing.archive.OperatorRaces.Cursor;
import io.streamsync.billing.paging.Page;
import io.streamsync.billing.paging.Period;
import io.streamsync.protocol.market.OperatorId;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// An operator's races, for the portal: whose they are was checked there.
@RestController
class OperatorRaceController {

    private final OperatorRaces races;
    private final Explanations explanations;
    private final InstantSource clock;

    OperatorRaceController(OperatorRaces races, Explanations explanations, InstantSource clock) {
        this.races = races;
        this.explanations = explanations;
        this.clock = clock;
    }

    @GetMapping("/internal/operators/{operatorId}/races")
    Page<OperatorRaceView> list(
            @PathVariable OperatorId operatorId,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to) {
        var size = Page.size(limit);
        var period = Period.of(from, to, clock.instant());
        var after =
                cursor == null || cursor.isEmpty() ? null : Cursor.parse(cursor).orElseThrow(Page::unknownCursor);
        var found = races.find(operatorId, period.from(), period.to(), after, size);
        var next = found.next();
        return new Page<>(
                found.races().stream()
                        .map(race -> explanations.forOperator(operatorId, race))
                        .toList(),
                next == null ? null : next.toString());
    }
}
