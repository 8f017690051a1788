package io.streamsync.router.race;

import io.streamsync.router.access.Credential;
import io.streamsync.router.jsonrpc.Call;
import io.streamsync.router.node.Loop;
import org.jspecify.annotations.Nullable;

/// One call of a customer on its way through the pipeline.
///
/// @param completeAt `System.nanoTime()` at which the request was complete
/// @param occurredAt the same moment in Unix ms
/// @param batch null when it came alone
/// @param room of its batch; null when it came alone
record Query(
        Call call,
        Credential credential,
        CustomerTerms terms,
        Loop loop,
        long completeAt,
        long occurredAt,
        @Nullable String batch,
        int batchIndex,
        @Nullable BatchRoom room) {

    Query(
            Call call,
            Credential credential,
            CustomerTerms terms,
            Loop loop,
            long completeAt,
            long occurredAt,
            @Nullable String batch,
            int batchIndex) {
        this(call, credential, terms, loop, completeAt, occurredAt, batch, batchIndex, null);
    }

    String accountId() {
        return credential.accountId();
    }

    /// Whose lease pays for it.
    String creditHolder() {
        return credential.creditHolder();
    }
}
