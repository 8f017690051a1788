package io.streamsync.billing.usage;

import java.math.BigDecimal;

/// What was earned under one key: an hour, a day, a method, a class, or an operator. Money in nano-USDC.
///
/// @param queries races won
/// @param checks confirmations that earned a verifier's share
/// @param charged gross: the asks of the races won
/// @param refunded what of that was given back or never taken
/// @param earned the operator's own shares, for winning and for checking
public record EarnedBy(
        String key, long queries, long checks, BigDecimal charged, BigDecimal refunded, BigDecimal earned) {}
