package io.streamsync.billing.explanation;

import io.streamsync.billing.account.Caller;
import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.archive.ArchivedRace;
import io.streamsync.billing.archive.ArchivedRaces;
import io.streamsync.billing.archive.RaceRow;
import io.streamsync.billing.archive.RaceRows;
import io.streamsync.billing.archive.RaceRows.RacePlace;
import io.streamsync.billing.archive.Snapshots;
import io.streamsync.billing.paging.Page;
import io.streamsync.billing.paging.Period;
import io.streamsync.billing.parameters.ParameterVersions;
import io.streamsync.billing.refund.Refunds;
import io.streamsync.billing.settlement.SettledPlaces;
import io.streamsync.protocol.draw.Field;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.RaceAddress;
import io.streamsync.protocol.record.RaceIds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Explains races from their records; nothing of an explanation is kept.
@Component
class Explanations {

    /// Records are posted well within this after the answer; who asks earlier waits for them.
    private static final Duration POSTED_WITHIN = Duration.ofSeconds(1);

    /// As long as a query may take, and its records.
    private static final Duration RECENT = Duration.ofSeconds(15);

    /// Routers keep request and answers for ten minutes.
    private static final Duration KEPT = Duration.ofMinutes(15);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(40);

    private final RaceIds raceIds;
    private final RaceRows rows;
    private final ArchivedRaces races;
    private final Snapshots snapshots;
    private final ParameterVersions parameters;
    private final Refunds refunds;
    private final SettledPlaces settled;
    private final Payloads payloads;
    private final InstantSource clock;

    Explanations(
            RaceIds raceIds,
            RaceRows rows,
            ArchivedRaces races,
            Snapshots snapshots,
            ParameterVersions parameters,
            Refunds refunds,
            SettledPlaces settled,
            Payloads payloads,
            InstantSource clock) {
        this.raceIds = raceIds;
        this.rows = rows;
        this.races = races;
        this.snapshots = snapshots;
        this.parameters = parameters;
        this.refunds = refunds;
        this.settled = settled;
        this.payloads = payloads;
        this.clock = clock;
    }

    /// @param caller who gets to see request and answers of its own races
    Optional<Explanation> explain(String raceId, @Nullable Caller caller) {
        return raceIds.open(raceId)
                .flatMap(opened -> {
                    var at = Instant.ofEpochMilli(opened.epochMillis());
                    return awaited(at, () -> rows.find(opened.address(), at));
                })
                .flatMap(races::read)
                .map(race -> new Explanation(view(race), field(race), payload(raceId, race.row(), caller)));
    }

    private @Nullable Payload payload(String raceId, RaceRow race, @Nullable Caller caller) {
        var own = caller != null && caller.customer().equals(race.customer());
        return own && isWithin(KEPT, race.occurredAt())
                ? payloads.of(race.address().router(), raceId).orElse(null)
                : null;
    }

    /// A customer's races, newest first.
    ///
    /// @param after the last race of the page before
    List<RaceView> ofCustomer(CustomerId customer, Period period, @Nullable String after, int limit) {
        var place = after == null || after.isEmpty()
                ? new RacePlace(period.to(), new RaceAddress(0, 0, 0))
                : raceIds.open(after)
                        .map(opened -> new RacePlace(Instant.ofEpochMilli(opened.epochMillis()), opened.address()))
                        .orElseThrow(Page::unknownCursor);
        return views(rows.ofCustomer(customer, period.from(), period.to(), place, limit));
    }

    /// The races of a JSON-RPC batch, in its order.
    ///
    /// @param from how many are left out
    List<RaceView> ofBatch(CustomerId customer, String batch, int from, int limit) {
        return views(rows.ofBatch(customer, batch, from, limit));
    }

    /// A race as one of its operators sees it.
    OperatorRaceView forOperator(OperatorId operator, ArchivedRace race) {
        var row = race.row();
        return OperatorRaceView.of(
                raceIds.seal(row.address(), row.occurredAt().toEpochMilli()),
                operator,
                race,
                refunds.ofRace(row.address()).orElse(null),
                parameters(race),
                clock.instant());
    }

    private List<RaceView> views(List<RaceRow> found) {
        return races.read(found).stream().map(this::view).toList();
    }

    private RaceView view(ArchivedRace race) {
        var row = race.row();
        return RaceView.of(
                raceIds.seal(row.address(), row.occurredAt().toEpochMilli()),
                race,
                refunds.ofRace(row.address()).orElse(null),
                settled.find(row.address().router(), row.address().incarnation(), row.position())
                        .orElse(null),
                parameters(race),
                clock.instant());
    }

    private FieldView field(ArchivedRace race) {
        var recorded = race.answered().race();
        var skipped = race.answered().asked().skipped();
        Optional<MarketSnapshot> snapshot = awaited(race.row().occurredAt(), () -> snapshots.find(recorded.snapshot()));
        return snapshot.map(found -> FieldView.of(
                        Field.of(found, parameters(race), recorded.queryClass(), recorded.terms()), skipped))
                .orElseGet(() -> FieldView.withoutSnapshot(skipped));
    }

    /// Posting refused records of unknown versions, so what is archived has one.
    private Parameters parameters(ArchivedRace race) {
        return parameters.find(race.answered().race().parametersVersion()).orElseThrow();
    }

    private <T> Optional<T> awaited(Instant since, Supplier<Optional<T>> source) {
        var found = source.get();
        var until = System.nanoTime() + POSTED_WITHIN.toNanos();
        var recent = isWithin(RECENT, since);
        while (recent && found.isEmpty() && System.nanoTime() < until) {
            if (!rested()) {
                return found;
            }
            found = source.get();
        }
        return found;
    }

    private boolean isWithin(Duration length, Instant time) {
        return Duration.between(time, clock.instant()).abs().compareTo(length) < 0;
    }

    private static boolean rested() {
        try {
            Thread.sleep(LOOK_AGAIN);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
