package io.streamsync.onboarding.admission;

import io.streamsync.onboarding.admission.NodeClient.NodeReply;
import io.streamsync.onboarding.identity.Base58;
import org.springframework.stereotype.Component;

/// A node is on the chain of the market: the configured one, or the one that the first admitted node fixed.
@Component
class GenesisCheck implements NodeCheck {

    private static final int HASH_SIZE = 32;

    private final GenesisHash market;

    GenesisCheck(GenesisHash market) {
        this.market = market;
    }

    @Override
    public AdmissionCheck check() {
        return AdmissionCheck.GENESIS;
    }

    @Override
    public Finding of(Portrait portrait) {
        return switch (portrait.genesisHash()) {
            case NodeReply.Failure(var reason) ->
                new Finding.Failed("getGenesisHash: " + reason + ".", "Let the node serve getGenesisHash.");
            case NodeReply.Result _ -> compare(portrait.genesisHashText());
        };
    }

    /// What is found about a node on another chain.
    static Finding elsewhere(String hash, String expected) {
        return new Finding.Failed(
                "The node's genesis hash is " + hash + ", the market's is " + expected + ".",
                "Connect the node to the cluster whose genesis hash is " + expected + ".");
    }

    private Finding compare(String hash) {
        if (Base58.decode(hash, HASH_SIZE).isEmpty()) {
            return new Finding.Failed("getGenesisHash is no hash.", "Let the node answer with its genesis hash.");
        }
        return market.expected()
                .map(expected -> expected.equals(hash)
                        ? new Finding.Passed("The genesis hash is the market's, " + hash + ".")
                        : elsewhere(hash, expected))
                .orElseGet(() -> new Finding.Passed("The genesis hash is " + hash + "; no other is fixed yet."));
    }
}
