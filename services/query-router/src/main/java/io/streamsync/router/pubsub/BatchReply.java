package io.streamsync.router.pubsub;

import io.streamsync.router.jsonrpc.JsonRpcResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/// The responses of one batch, in the order of its calls, sent when the last one is there.
final class BatchReply {

    private final JsonRpcResponse[] responses;
    private final List<Runnable> sent = new ArrayList<>();
    private final Consumer<Outgoing> out;
    private int missing;

    BatchReply(int calls, Consumer<Outgoing> out) {
        this.responses = new JsonRpcResponse[calls];
        this.missing = calls;
        this.out = out;
    }

    Reply to(int call) {
        return (response, then) -> answer(call, response, then);
    }

    private void answer(int call, JsonRpcResponse response, Runnable then) {
        responses[call] = response;
        sent.add(then);
        missing--;
        if (missing == 0) {
            out.accept(Outgoing.batch(
                    List.of(responses).stream().map(Objects::requireNonNull).toList()));
            sent.forEach(Runnable::run);
        }
    }
}
