package io.streamsync.protocol.market;

import java.util.List;

/// What a router works from: listed nodes and their operators at one moment, ordered by the bytes of their ids.
/// Two snapshots are the same when their canonical bytes (RFC 8785) are; the SHA-256 of those is the name.
public final class MarketSnapshot {

    private final String parametersVersion;
    private final List<ListedOperator> operators;
    private final List<ListedNode> nodes;

    private MarketSnapshot(String parametersVersion, List<ListedOperator> operators, List<ListedNode> nodes) {
        this.parametersVersion = parametersVersion;
        this.operators = List.copyOf(operators);
        this.nodes = List.copyOf(nodes);
    }

    /// Orders operators and nodes; nodes whose state is not listed, or whose operator is unknown, are left out.
    public static MarketSnapshot of(String parametersVersion, List<ListedOperator> operators, List<ListedNode> nodes) {
        throw new UnsupportedOperationException("skeleton");
    }

    /// Reads the canonical form back.
    public static MarketSnapshot parse(byte[] canonical) {
        throw new UnsupportedOperationException("skeleton");
    }

    /// The RFC 8785 canonical JSON. Money is a string of nano-units: JSON numbers are doubles there.
    public byte[] canonical() {
        throw new UnsupportedOperationException("skeleton");
    }

    /// SHA-256 of the canonical form, lower-case hex.
    public String hash() {
        throw new UnsupportedOperationException("skeleton");
    }

    public String parametersVersion() {
        return parametersVersion;
    }

    public List<ListedOperator> operators() {
        return operators;
    }

    public List<ListedNode> nodes() {
        return nodes;
    }

    public ListedOperator operator(OperatorId id) {
        throw new UnsupportedOperationException("skeleton");
    }
}
