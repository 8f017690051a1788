package io.streamsync.onboarding.operator;

import io.streamsync.protocol.market.OperatorId;

/// An operator's name, payout address or state changed, in the present transaction.
public record OperatorChanged(OperatorId operatorId) {}
