package io.streamsync.verifier.check;

import org.jspecify.annotations.Nullable;

/// What a customer was told of a race, in the answer's headers or by `GET /v1/races/{raceId}`, and what it had asked
/// for. Null is whatever is not known.
///
/// @param feeNano what was charged then
/// @param operatorId who answered
/// @param receiptHash hash of the race's leaf, lower-case hex
/// @param nodeId which answered
/// @param sla what was said of it
/// @param latencyMicros as it was told
/// @param call what was asked
/// @param wishes on which terms
public record Receipt(
        String raceId,
        @Nullable Long feeNano,
        @Nullable String operatorId,
        @Nullable String receiptHash,
        @Nullable String nodeId,
        @Nullable Sla sla,
        @Nullable Long latencyMicros,
        @Nullable AskedCall call,
        @Nullable Wishes wishes) {

    /// What was told, without what had been asked for.
    public Receipt(String raceId, @Nullable Long feeNano, @Nullable String operatorId, @Nullable String receiptHash) {
        this(raceId, feeNano, operatorId, receiptHash, null, null, null, null, null);
    }

    /// As in the header `X-StreamSync-Sla`.
    public enum Sla {
        MET,
        MISSED,
        NONE
    }
}
