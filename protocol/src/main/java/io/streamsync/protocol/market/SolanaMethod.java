package io.streamsync.protocol.market;

/// One row of the method table.
///
/// @param heavy without an SLA
/// @param finality whether an unequal answer is DISPUTED (history and constants) rather than CONTRADICTED (state)
/// @param delivery how many nodes may be asked: RACE all places, ALL_RACERS (sendTransaction), ONE (requestAirdrop)
public record SolanaMethod(
        String name, QueryClass queryClass, ComparisonRule rule, boolean heavy, boolean finality, Delivery delivery) {

    /// Whether later answers can say anything of the winner's, so that checking places make sense: the node's own view
    /// and writes cannot be compared.
    public boolean isChecked() {
        return queryClass != QueryClass.SUBMIT
                && delivery == Delivery.RACE
                && rule != ComparisonRule.NODE_LOCAL
                && rule != ComparisonRule.WRITE;
    }

    /// This method as it compares when it was asked below finalized: history that may still change is never disputed,
    /// and unequal answers are unjudged (comparability, Finality). Every other method stays as it is.
    public SolanaMethod belowFinalized() {
        return rule == ComparisonRule.EXACT_FINALIZED
                ? new SolanaMethod(name, queryClass, ComparisonRule.SLOT_KEYED, heavy, false, delivery)
                : this;
    }

    public enum Delivery {
        RACE,
        ALL_RACERS,
        ONE
    }
}
