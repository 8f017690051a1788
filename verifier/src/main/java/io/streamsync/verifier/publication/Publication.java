package io.streamsync.verifier.publication;

import io.streamsync.protocol.settlement.StakeShares;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What a market publishes. All methods throw [NotCheckableException] when it cannot be had.
public interface Publication {

    /// Empty when there is none, or when it is not sealed yet.
    Optional<Settlement> settlement(long epoch);

    /// Which settlements stand before and after this one in the list of all.
    Neighbours neighbours(Settlement settlement);

    /// Every leaf in the order in which it is published, without holding them all.
    ///
    /// @return false when the leaves are not published (any more)
    boolean leaves(Settlement settlement, Consumer<PublishedLeaf> each);

    /// The stakes that the stakers' share of a window was shared out by; empty when they are not published.
    Optional<StakeShares> stakes(Settlement settlement);

    /// Empty when no router has committed to that epoch.
    Optional<EpochPage> epoch(long number);

    /// The bytes that are published under the name; empty when there are none.
    Optional<byte[]> snapshot(String hash);

    /// What is published as the parameters of that version, by name; empty when there are none.
    Optional<Map<String, Object>> parameters(String version);

    /// Empty when the settlement has no such race.
    Optional<Proof> proof(long epoch, String raceId);
}
