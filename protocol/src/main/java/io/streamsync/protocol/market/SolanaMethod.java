package io.streamsync.protocol.market;

/// One row of the method table.
///
/// @param heavy without an SLA
/// @param finality whether an unequal answer is DISPUTED (history and constants) rather than CONTRADICTED (state)
/// @param delivery how many nodes may be asked: RACE all places, ALL_RACERS (sendTransaction), ONE (requestAirdrop)
public record SolanaMethod(
        String name, QueryClass queryClass, ComparisonRule rule, boolean heavy, boolean finality, Delivery delivery) {

    public enum Delivery {
        RACE,
        ALL_RACERS,
        ONE
    }
}
