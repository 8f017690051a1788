package io.streamsync.router.pubsub;

import io.streamsync.router.jsonrpc.JsonRpcResponse;

/// Where the response to one call goes, once.
@FunctionalInterface
interface Reply {

    /// @param sent run when the response is on its way to the client
    void answer(JsonRpcResponse response, Runnable sent);

    default void answer(JsonRpcResponse response) {
        answer(response, () -> {});
    }
}
