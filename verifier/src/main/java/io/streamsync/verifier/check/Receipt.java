package io.streamsync.verifier.check;

import org.jspecify.annotations.Nullable;

/// What a customer was told of a race, in the answer's headers or by `GET /v1/races/{raceId}`.
///
/// @param feeNano what was charged then; null where it is not known
/// @param operatorId who answered; null where it is not known
/// @param receiptHash hash of the race's leaf, lower-case hex; null where it is not known
public record Receipt(
        String raceId,
        @Nullable Long feeNano,
        @Nullable String operatorId,
        @Nullable String receiptHash) {}
