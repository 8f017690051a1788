package io.streamsync.router.race;

import io.streamsync.router.jsonrpc.Refusal;
import java.util.function.Consumer;

/// A query's time in the router, from being let in to its one answer. Belongs to the query's loop.
final class Turn implements Consumer<RpcResponse.Single> {

    private final Query query;
    private final Shares shares;
    private final Consumer<RpcResponse.Single> done;
    private boolean over;

    Turn(Query query, Shares shares, Consumer<RpcResponse.Single> done) {
        this.query = query;
        this.shares = shares;
        this.done = done;
    }

    @Override
    public void accept(RpcResponse.Single response) {
        if (!over) {
            over = true;
            shares.leave(query.accountId());
            done.accept(response);
        } else {
            response.written();
        }
    }

    void refuse(Refusal refusal) {
        accept(RpcResponse.Single.refused(refusal, query.call().id()));
    }
}
