package io.streamsync.router.race;

import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.market.SolanaMethod.Delivery;
import io.streamsync.router.jsonrpc.JsonRpcResponse;
import io.streamsync.router.submission.Accepted;
import io.streamsync.router.submission.Submissions;
import io.streamsync.router.submission.Transaction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Lets a customer's transaction race once, however often it is sent (decision 28).
final class Sending {

    private final Submissions submissions;
    private final RaceTrack track;

    Sending(Submissions submissions, RaceTrack track) {
        this.submissions = submissions;
        this.track = track;
    }

    /// @param race what a query goes through unless it repeats a transaction
    void once(Query query, SolanaMethod method, Turn turn, Runnable race) {
        var call = query.call();
        var transaction = method.delivery() == Delivery.ALL_RACERS
                ? Transaction.read(call.body(), call.paramsFrom(), call.paramsTo())
                : null;
        if (transaction == null || transaction.isEmpty()) {
            race.run();
        } else {
            once(query, transaction.get(), turn, race);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the loop outlives its queries
    private void once(Query query, Transaction transaction, Turn turn, Runnable race) {
        var submission = submissions.enter(
                query.accountId(),
                transaction,
                first -> query.loop().events().execute(() -> repeated(first, query, transaction, turn, race)));
        if (submission != null) {
            turn.submits(submission);
            race.run();
        }
    }

    private void repeated(@Nullable Accepted first, Query query, Transaction transaction, Turn turn, Runnable race) {
        if (first == null) {
            once(query, transaction, turn, race);
        } else {
            turn.accept(response(first, query, transaction));
        }
    }

    /// What the first was answered, for nothing.
    private RpcResponse.Single response(Accepted first, Query query, Transaction transaction) {
        var result = ('"' + transaction.signature() + '"').getBytes(StandardCharsets.US_ASCII);
        var latencyMicros = (System.nanoTime() - query.completeAt()) / 1_000;
        var summary = new RaceSummary(
                first.raceId(),
                first.operatorId(),
                first.nodeId(),
                0,
                latencyMicros,
                null,
                track.leases().balanceEstimate(query.creditHolder()),
                -1);
        return new RpcResponse.Single(
                RpcResponse.OK,
                JsonRpcResponse.result(result, 0, result.length, query.call().id()),
                summary,
                0,
                () -> {});
    }
}
