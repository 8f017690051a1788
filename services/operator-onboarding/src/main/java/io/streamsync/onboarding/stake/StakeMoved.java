package io.streamsync.onboarding.stake;

import io.streamsync.protocol.market.OperatorId;

/// An operator's bonded stake changed, in the present transaction.
public record StakeMoved(OperatorId operatorId) {}
