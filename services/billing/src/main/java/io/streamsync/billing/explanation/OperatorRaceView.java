package io.streamsync.billing.explanation;

import io.streamsync.billing.archive.ArchivedRace;
import io.streamsync.billing.explanation.RaceView.Winner;
import io.streamsync.billing.refund.Refund;
import io.streamsync.protocol.fee.FeeSplit;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.parameters.Parameters;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A race as one of its operators sees it: won or lost, and why.
///
/// @param place null where the node was drawn and skipped
/// @param latencyMs of the operator's own answer
/// @param winnerLatencyMs what had to be beaten
/// @param price the winner's ask
/// @param earned of it by this operator
/// @param refund why nothing was earned after all
record OperatorRaceView(
        String raceId,
        Instant occurredAt,
        String method,
        String queryClass,
        String nodeId,
        @Nullable String place,
        String result,
        @Nullable String reason,
        @Nullable Double latencyMs,
        @Nullable Winner winner,
        @Nullable Double winnerLatencyMs,
        String price,
        String earned,
        @Nullable String refund,
        String status) {

    static OperatorRaceView of(
            String raceId,
            OperatorId operator,
            ArchivedRace race,
            @Nullable Refund refund,
            Parameters parameters,
            Instant now) {
        var recorded = race.answered().race();
        var outcome = race.answered().outcome();
        var part = Part.of(operator, race);
        return new OperatorRaceView(
                raceId,
                race.row().occurredAt(),
                recorded.method(),
                recorded.queryClass().wireName(),
                part.nodeId().value(),
                part.place() == null ? null : part.place().wireName(),
                part.result(),
                part.reason(),
                part.latencyMicros() < 0 ? null : RaceView.millis(part.latencyMicros()),
                RaceView.winner(race),
                outcome.winner() < 0 ? null : RaceView.millis(Part.winningMicros(race)),
                Amount.decimal(outcome.priceNano()),
                Amount.decimal(refund == null ? part.earned(FeeSplit.of(outcome.feeNano(), parameters), race) : 0),
                refund == null ? null : refund.reason().name(),
                RaceView.status(race, now).name());
    }
}
