package io.streamsync.router.race;

import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.market.SolanaMethods;
import io.streamsync.router.access.CreditLeases;
import io.streamsync.router.jsonrpc.Call;
import io.streamsync.router.jsonrpc.Envelope.Element;
import io.streamsync.router.jsonrpc.JsonRpcResponse;
import io.streamsync.router.jsonrpc.Refusal;
import io.streamsync.router.jsonrpc.RefusalCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A batch: every call races and pays for itself, all at once but the heavy ones; the responses keep the
/// order of the calls.
final class BatchRun {

    private final RacePipeline pipeline;
    private final CreditLeases leases;
    private final Queries queries;
    private final Consumer<RpcResponse> done;
    private final String batchId = UUID.randomUUID().toString().replace("-", "");
    private @Nullable JsonRpcResponse[] responses = {};
    private final BatchRoom room = new BatchRoom();
    private final HeavyElements heavy = new HeavyElements(room);
    private final List<RpcResponse.Single> answers = new ArrayList<>();
    private int missing;
    private long charged;
    private long latencyMicros;

    BatchRun(RacePipeline pipeline, CreditLeases leases, Queries queries, Consumer<RpcResponse> done) {
        this.pipeline = pipeline;
        this.leases = leases;
        this.queries = queries;
        this.done = done;
    }

    void run(List<Element> elements) {
        responses = new JsonRpcResponse[elements.size()];
        missing = elements.size();
        for (var i = 0; i < elements.size(); i++) {
            var index = i;
            switch (elements.get(i)) {
                case Call call when isHeavy(call) -> heavy.add(new Heavy(index, call));
                case Call call -> ask(index, call, response -> answered(index, response));
                case Element.Invalid(var id) ->
                    responded(index, JsonRpcResponse.refusal(Refusal.of(RefusalCode.INVALID_JSON_RPC), id));
                case Element.Notification _ -> responded(index, null);
            }
        }
        heavy.goOn();
    }

    private static boolean isHeavy(Call call) {
        return SolanaMethods.find(call.method()).map(SolanaMethod::heavy).orElse(false);
    }

    private void ask(int index, Call call, Consumer<RpcResponse.Single> then) {
        pipeline.ask(queries.inBatch(call, batchId, index, room), then);
    }

    private void answered(int index, RpcResponse.Single response) {
        var race = response.race();
        if (race != null) {
            charged += race.chargedNano();
            latencyMicros = Math.max(latencyMicros, race.latencyMicros());
        }
        answers.add(response);
        responded(index, response.response());
    }

    private void responded(int index, @Nullable JsonRpcResponse response) {
        responses[index] = response;
        missing--;
        if (missing == 0) {
            done.accept(whole());
        }
    }

    private RpcResponse whole() {
        var answered = Arrays.stream(responses).filter(Objects::nonNull).toList();
        return answered.isEmpty()
                ? new RpcResponse.Nothing()
                : new RpcResponse.Batch(
                        batchId,
                        answered,
                        charged,
                        latencyMicros,
                        leases.balanceEstimate(queries.credential().creditHolder()),
                        () -> answers.forEach(RpcResponse::written));
    }

    /// A call that waits for its turn, at most until the batch's time is over.
    private final class Heavy implements HeavyElements.Element {

        private final int index;
        private final Call call;

        Heavy(int index, Call call) {
            this.index = index;
            this.call = call;
        }

        @Override
        public void ask() {
            if (System.nanoTime() - queries.request().completeAt() >= pipeline.deadlineNanos()) {
                refuse(Refusal.of(RefusalCode.NO_ANSWER));
                heavy.ended(false);
                return;
            }
            BatchRun.this.ask(index, call, response -> {
                var race = response.race();
                answered(index, response);
                heavy.ended(race != null && race.chargedNano() > 0);
            });
        }

        @Override
        public void refuse() {
            refuse(Refusal.of(RefusalCode.NO_ANSWER).with("cause", "BATCH_FULL"));
        }

        private void refuse(Refusal why) {
            responded(index, JsonRpcResponse.refusal(why, call.id()));
        }
    }
}
