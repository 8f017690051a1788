package io.streamsync.router.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.streamsync.protocol.money.Amount;
import io.streamsync.router.race.RaceSummary;
import io.streamsync.router.race.RpcResponse;
import org.jspecify.annotations.Nullable;

/// The response headers of the public interfaces.
final class RpcHeaders {

    static final AsciiString RACE = AsciiString.cached("X-StreamSync-Race");
    static final AsciiString OPERATOR = AsciiString.cached("X-StreamSync-Operator");
    static final AsciiString NODE = AsciiString.cached("X-StreamSync-Node");
    static final AsciiString PRICE = AsciiString.cached("X-StreamSync-Price");
    static final AsciiString LATENCY = AsciiString.cached("X-StreamSync-Latency");
    static final AsciiString SLA = AsciiString.cached("X-StreamSync-Sla");
    static final AsciiString BALANCE = AsciiString.cached("X-StreamSync-Balance");
    static final AsciiString SLOT = AsciiString.cached("X-StreamSync-Slot");
    static final AsciiString BATCH = AsciiString.cached("X-StreamSync-Batch");

    static final String ALL = String.join(", ", RACE, OPERATOR, NODE, PRICE, LATENCY, SLA, BALANCE, SLOT, BATCH);

    static final String JSON = "application/json; charset=utf-8";

    private RpcHeaders() {}

    static void write(RpcResponse response, int length, HttpHeaders headers) {
        headers.set(HttpHeaderNames.CONTENT_TYPE, JSON);
        headers.setInt(HttpHeaderNames.CONTENT_LENGTH, length);
        switch (response) {
            case RpcResponse.Single single -> single(single, headers);
            case RpcResponse.Batch batch -> {
                headers.set(BATCH, batch.batchId());
                paid(batch.chargedNano(), batch.latencyMicros(), batch.balanceNano(), headers);
            }
            case RpcResponse.Nothing _ -> {}
        }
    }

    /// Of a response whose length is not known yet.
    static void large(RpcResponse.Single single, HttpHeaders headers) {
        headers.set(HttpHeaderNames.CONTENT_TYPE, JSON);
        single(single, headers);
    }

    static void single(RpcResponse.Single single, HttpHeaders headers) {
        if (single.retryAfterSeconds() > 0) {
            headers.set(HttpHeaderNames.RETRY_AFTER, Integer.toString(single.retryAfterSeconds()));
        }
        var race = single.race();
        if (race != null) {
            raced(race, headers);
        }
    }

    private static void raced(RaceSummary race, HttpHeaders headers) {
        headers.set(RACE, race.raceId());
        if (race.operatorId() != null && race.nodeId() != null) {
            headers.set(OPERATOR, race.operatorId());
            headers.set(NODE, race.nodeId());
        }
        paid(race.chargedNano(), race.latencyMicros(), race.balanceNano(), headers);
        headers.set(SLA, sla(race.slaMet()));
        if (race.slot() >= 0) {
            headers.set(SLOT, Long.toString(race.slot()));
        }
    }

    private static void paid(long chargedNano, long latencyMicros, long balanceNano, HttpHeaders headers) {
        headers.set(PRICE, Amount.decimal(chargedNano));
        headers.set(LATENCY, millis(latencyMicros));
        headers.set(BALANCE, Amount.decimal(balanceNano));
    }

    static String sla(@Nullable Boolean met) {
        if (met == null) {
            return "none";
        }
        return met ? "met" : "missed";
    }

    /// Milliseconds with three decimals.
    private static String millis(long micros) {
        var decimals = Long.toString(1_000 + micros % 1_000);
        return micros / 1_000 + "." + decimals.substring(1);
    }
}
