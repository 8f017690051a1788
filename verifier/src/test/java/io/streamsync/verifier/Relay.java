package io.streamsync.verifier;

import io.streamsync.protocol.settlement.StakeShares;
import io.streamsync.verifier.publication.EpochPage;
import io.streamsync.verifier.publication.Neighbours;
import io.streamsync.verifier.publication.Proof;
import io.streamsync.verifier.publication.Publication;
import io.streamsync.verifier.publication.PublishedLeaf;
import io.streamsync.verifier.publication.Settlement;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Passes on what is published, but for what a test overrides: a server that lies to one who asks.
class Relay implements Publication {

    private final Publication published;

    Relay(Publication published) {
        this.published = published;
    }

    @Override
    public Optional<Settlement> settlement(long epoch) {
        return published.settlement(epoch);
    }

    @Override
    public Neighbours neighbours(Settlement settlement) {
        return published.neighbours(settlement);
    }

    @Override
    public boolean leaves(Settlement settlement, Consumer<PublishedLeaf> each) {
        return published.leaves(settlement, each);
    }

    @Override
    public Optional<StakeShares> stakes(Settlement settlement) {
        return published.stakes(settlement);
    }

    @Override
    public Optional<EpochPage> epoch(long number) {
        return published.epoch(number);
    }

    @Override
    public Optional<byte[]> snapshot(String hash) {
        return published.snapshot(hash);
    }

    @Override
    public Optional<Map<String, Object>> parameters(String version) {
        return published.parameters(version);
    }

    @Override
    public Optional<Proof> proof(long epoch, String raceId) {
        return published.proof(epoch, raceId);
    }
}
