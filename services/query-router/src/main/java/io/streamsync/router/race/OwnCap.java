package io.streamsync.router.race;

import io.streamsync.router.access.CreditLeases;
import io.streamsync.router.jsonrpc.Refusal;
import io.streamsync.router.jsonrpc.RefusalCode;

/// What a customer is told whose own cap is reached: also when to ask again, in a batch too.
final class OwnCap {

    private static final long DAY_MILLIS = 86_400_000;

    /// Another router may give back what it does not need.
    private static final long ELSEWHERE_MILLIS = 1_000;

    private OwnCap() {}

    static RpcResponse.Single ofRate(Query query, long waitMillis) {
        return refused(query, waitMillis);
    }

    /// @param least what a query costs: when no more is left anywhere, it is tomorrow that helps
    static RpcResponse.Single ofDay(Query query, CreditLeases leases, long least) {
        var isSpent = leases.unspent(query.creditHolder()) < least;
        return refused(query, isSpent ? millisToTomorrow(query.occurredAt()) : ELSEWHERE_MILLIS);
    }

    static long millisToTomorrow(long unixMillis) {
        return DAY_MILLIS - Math.floorMod(unixMillis, DAY_MILLIS);
    }

    private static RpcResponse.Single refused(Query query, long waitMillis) {
        return RpcResponse.Single.refusedFor(
                (int) Math.ceilDiv(waitMillis, 1_000L),
                Refusal.of(RefusalCode.RATE_LIMITED).with("cause", "OWN_CAP").with("retryAfterMs", waitMillis),
                query.call().id());
    }
}
