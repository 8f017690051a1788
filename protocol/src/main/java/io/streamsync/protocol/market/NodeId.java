package io.streamsync.protocol.market;

/// The id of a node: one JSON-RPC endpoint of an operator.
public record NodeId(String value) implements Comparable<NodeId> {

    public NodeId {
        Ids.requireOpaque(value);
    }

    /// By the bytes of the ids, the order of every running sum of the draw.
    @Override
    public int compareTo(NodeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
