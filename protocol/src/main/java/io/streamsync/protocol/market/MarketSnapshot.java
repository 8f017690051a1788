package io.streamsync.protocol.market;

import io.streamsync.protocol.canonical.Sha256;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a router works from: listed nodes and their operators at one moment, ordered by the bytes of their ids.
/// Two snapshots are the same when their canonical bytes (RFC 8785) are; the SHA-256 of those is the name.
public final class MarketSnapshot {

    // what needs no escape in JSON
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9+._-]{1,64}");

    private final String parametersVersion;
    private final List<ListedOperator> operators;
    private final List<ListedNode> nodes;
    private final Map<OperatorId, ListedOperator> operatorsById;

    // computed once when asked for; two threads would compute the same
    private volatile byte @Nullable [] canonical;
    private volatile @Nullable String hash;

    private MarketSnapshot(
            String parametersVersion,
            List<ListedOperator> operators,
            List<ListedNode> nodes,
            Map<OperatorId, ListedOperator> operatorsById) {
        this.parametersVersion = parametersVersion;
        this.operators = operators;
        this.nodes = nodes;
        this.operatorsById = operatorsById;
    }

    /// Orders operators and nodes; nodes whose state is not listed, or whose operator is unknown, are left out.
    ///
    /// @throws IllegalArgumentException when an id is there twice, or the version is none
    public static MarketSnapshot of(String parametersVersion, List<ListedOperator> operators, List<ListedNode> nodes) {
        if (!VERSION.matcher(parametersVersion).matches()) {
            throw new IllegalArgumentException("not a version of parameters");
        }
        var byId = new HashMap<OperatorId, ListedOperator>(2 * operators.size());
        for (var operator : operators) {
            byId.put(operator.id(), operator);
        }
        var listed = nodes.stream()
                .filter(node -> node.state().isListed() && byId.containsKey(node.operatorId()))
                .toList();
        return new MarketSnapshot(
                parametersVersion, ordered(operators, ListedOperator::id), ordered(listed, ListedNode::id), byId);
    }

    /// Reads the canonical form back.
    ///
    /// @throws IllegalArgumentException when the bytes are not the canonical form of a snapshot
    public static MarketSnapshot parse(byte[] canonical) {
        return SnapshotJson.parse(canonical);
    }

    /// The RFC 8785 canonical JSON. Money is a string of nano-units: JSON numbers are doubles there.
    public byte[] canonical() {
        return bytes().clone();
    }

    /// SHA-256 of the canonical form, lower-case hex.
    public String hash() {
        var known = hash;
        if (known == null) {
            known = Sha256.hex(bytes());
            hash = known;
        }
        return known;
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

    /// @throws IllegalArgumentException when the snapshot does not name the operator; every node's is named
    public ListedOperator operator(OperatorId id) {
        var operator = operatorsById.get(id);
        if (operator == null) {
            throw new IllegalArgumentException("the snapshot names no operator " + id);
        }
        return operator;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MarketSnapshot snapshot
                && parametersVersion.equals(snapshot.parametersVersion)
                && operators.equals(snapshot.operators)
                && nodes.equals(snapshot.nodes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(parametersVersion, operators, nodes);
    }

    @Override
    public String toString() {
        return "MarketSnapshot[" + hash() + "]";
    }

    private byte[] bytes() {
        var known = canonical;
        if (known == null) {
            known = SnapshotJson.canonical(this);
            canonical = known;
        }
        return known;
    }

    private static <T, I extends Comparable<I>> List<T> ordered(List<T> all, Function<T, I> id) {
        var ordered = all.stream()
                .sorted((one, other) -> id.apply(one).compareTo(id.apply(other)))
                .toList();
        for (var i = 1; i < ordered.size(); i++) {
            if (id.apply(ordered.get(i)).equals(id.apply(ordered.get(i - 1)))) {
                throw new IllegalArgumentException("a snapshot names " + id.apply(ordered.get(i)) + " once");
            }
        }
        return ordered;
    }
}
