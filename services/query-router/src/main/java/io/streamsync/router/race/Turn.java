package io.streamsync.router.race;

import io.streamsync.router.jsonrpc.Refusal;
import java.util.function.Consumer;

/// A query's time in the router, from being let in to its one answer. Belongs to the query's loop.
final class Turn implements Consumer<RpcResponse.Single> {

    private final Query query;
    private final Shares.Share share;
    private final Consumer<RpcResponse.Single> done;
    private boolean over;

    Turn(Query query, Shares.Share share, Consumer<RpcResponse.Single> done) {
        this.query = query;
        this.share = share;
        this.done = done;
    }

    @Override
    public void accept(RpcResponse.Single response) {
        if (!over) {
            over = true;
            share.leave();
            done.accept(response);
        } else {
            response.written();
        }
    }

    void refuse(Refusal refusal) {
        accept(RpcResponse.Single.refused(refusal, query.call().id()));
    }
}
