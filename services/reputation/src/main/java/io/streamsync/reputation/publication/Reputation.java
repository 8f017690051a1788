package io.streamsync.reputation.publication;

import io.streamsync.protocol.market.NodeState;
import io.streamsync.reputation.listing.Listing;
import io.streamsync.reputation.score.Score;
import java.math.BigDecimal;

/// A node's reputation as the public interface shows it.
///
/// @param performance the mean over the classes with observations
/// @param stakeScore from 1 to 100
record Reputation(
        String nodeId,
        String operatorId,
        BigDecimal performance,
        BigDecimal accuracy,
        BigDecimal uptime,
        BigDecimal stakeScore,
        long verifiedRaces,
        boolean flagged,
        NodeState state) {

    static Reputation of(Listing listing, Score score, StakeScore stakeScore) {
        return new Reputation(
                listing.nodeId().value(),
                listing.operatorId().value(),
                Decimals.ofMillionths(score.meanPerformance()),
                Decimals.ofMillionths(score.accuracy()),
                Decimals.ofMillionths(score.uptime()),
                Decimals.ofMillionths(stakeScore.millionths(listing.bondedStake())),
                score.verifiedRaces(),
                score.flagged(),
                listing.state());
    }
}
