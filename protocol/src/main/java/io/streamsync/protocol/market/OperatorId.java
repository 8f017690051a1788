package io.streamsync.protocol.market;

/// The id of an operator: an economic entity with a wallet, a stake and its own prices.
public record OperatorId(String value) implements Comparable<OperatorId> {

    public OperatorId {
        Ids.requireOpaque(value);
    }

    /// By the bytes of the ids, the order of every running sum of the draw.
    @Override
    public int compareTo(OperatorId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
