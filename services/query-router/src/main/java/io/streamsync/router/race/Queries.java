package io.streamsync.router.race;

import io.streamsync.router.access.Credential;
import io.streamsync.router.jsonrpc.Call;

/// What all queries of one request have in common.
record Queries(RpcRequest request, Credential credential, CustomerTerms terms) {

    Query alone(Call call) {
        return new Query(call, credential, terms, request.loop(), request.completeAt(), request.occurredAt(), null, 0);
    }

    Query inBatch(Call call, String batchId, int index, BatchRoom room) {
        return new Query(
                call,
                credential,
                terms,
                request.loop(),
                request.completeAt(),
                request.occurredAt(),
                batchId,
                index,
                room);
    }
}
