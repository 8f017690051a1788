package io.streamsync.router.race;

import io.streamsync.router.jsonrpc.Refusal;
import io.streamsync.router.submission.Submission;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A query's time in the router, from being let in to its one answer. Belongs to the query's loop.
final class Turn implements Consumer<RpcResponse.Single> {

    private final Query query;
    private final Shares.Share share;
    private final Consumer<RpcResponse.Single> done;
    private boolean over;
    private @Nullable Submission submission;

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
            // unless it was accepted before
            if (submission != null) {
                submission.failed();
            }
            done.accept(response);
        } else {
            response.written();
        }
    }

    /// The query sends a transaction that no query before it did.
    void submits(Submission first) {
        submission = first;
    }

    @Nullable
    Submission submission() {
        return submission;
    }

    void refuse(Refusal refusal) {
        accept(RpcResponse.Single.refused(refusal, query.call().id()));
    }
}
