package io.streamsync.billing.alert;

import org.jspecify.annotations.Nullable;

/// What a customer wants to be told, and where.
///
/// @param lowBalance nano-USDC below which it is told; null for never
/// @param runwayMinutes for how long the balance is to last at the pace of the last hour; null for never told
/// @param webhookUrl null for nowhere
record AlertTerms(
        @Nullable Long lowBalance,
        @Nullable Integer runwayMinutes,
        @Nullable String webhookUrl) {

    static final AlertTerms NONE = new AlertTerms(null, null, null);
}
