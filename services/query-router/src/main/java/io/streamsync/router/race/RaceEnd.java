package io.streamsync.router.race;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.record.StreamRecord.Outcome;
import io.streamsync.protocol.record.StreamRecord.RefundReason;
import io.streamsync.router.jsonrpc.JsonRpcResponse;
import org.jspecify.annotations.Nullable;

/// How a race ended: what is written down and charged, and what the customer gets.
///
/// @param winner null when nobody's answer could be delivered
/// @param answer the winner's; without a winner the words that the customer is told for nothing, if there are any
/// @param held the winner's answer in memory
record RaceEnd(
        Outcome outcome,
        @Nullable PlaceRun winner,
        @Nullable NodeAnswer answer,
        @Nullable HeldAnswer held) {

    static RaceEnd won(Race race, PlaceRun winner) {
        var lineup = race.lineup();
        var answer = winner.answer();
        if (answer == null) {
            throw new IllegalStateException("only an answer wins");
        }
        var ask = winner.placed().ask();
        var latencyMicros = Math.max(0, (winner.firstByteAt() - lineup.query().completeAt()) / 1_000);
        var sla = LatencySla.judge(
                lineup.method(),
                lineup.query().terms().draw(),
                ask,
                new LatencySla.Timing(latencyMicros, winner.latencyMicros(), winner.round() > 0, winner.wasHeld()),
                winner.large() != null
                        || answer.body().length > race.track().parameters().largeAnswer());
        var outcome = new Outcome(
                winner.index(),
                latencyMicros,
                answer.slot().orElse(-1),
                ask.priceNano(),
                sla.feeNano(),
                sla.refund(),
                sla.sla(),
                sla.lateByRouter());
        var held = new HeldAnswer(() -> race.release(answer.body()));
        return new RaceEnd(outcome, winner, answer, held);
    }

    static RaceEnd unanswered(Race race) {
        return unanswered(race, null);
    }

    /// @param words of a node that cannot answer either, which are told for nothing; null when nobody's are
    static RaceEnd unanswered(Race race, @Nullable NodeAnswer words) {
        var latencyMicros = (System.nanoTime() - race.lineup().query().completeAt()) / 1_000;
        return new RaceEnd(
                new Outcome(-1, latencyMicros, -1, 0, 0, RefundReason.NO_ANSWER, null, false), null, words, null);
    }

    /// Nobody reads the response any more, and nobody gets what of it has not come.
    void written() {
        if (held != null) {
            held.written();
        }
        if (winner != null && winner.large() != null) {
            winner.large().answer().leave();
        }
    }

    /// Nobody compares with the answer any more.
    void compared() {
        if (held != null) {
            held.compared();
        }
    }

    boolean isUnanswered() {
        return winner == null;
    }

    RpcResponse.Single response(Race race) {
        var id = race.lineup().query().call().id();
        if (answer == null) {
            return RpcResponse.Single.refused(race.whenUnanswered(), id).after(summary(race), this::written);
        }
        var rest =
                winner == null || winner.large() == null ? null : winner.large().answer();
        var response = switch (answer.kind()) {
            case RESULT -> JsonRpcResponse.result(answer.body(), answer.from(), answer.to(), id);
            case ERROR -> JsonRpcResponse.error(answer.body(), answer.from(), answer.to(), id);
        };
        return new RpcResponse.Single(RpcResponse.OK, response, summary(race), 0, this::written, rest);
    }

    RaceSummary summary(Race race) {
        var query = race.lineup().query();
        var placed = winner == null ? null : winner.placed();
        var sla = outcome.sla();
        return new RaceSummary(
                race.track().ids().seal(race.lineup().address(), query.occurredAt()),
                placed == null ? null : placed.node().operatorId().value(),
                placed == null ? null : placed.node().id().value(),
                outcome.feeNano(),
                outcome.latencyMicros(),
                sla == null ? null : sla.met(),
                race.track().leases().balanceEstimate(query.creditHolder()),
                outcome.slot());
    }
}
