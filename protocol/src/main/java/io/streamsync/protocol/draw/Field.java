package io.streamsync.protocol.draw;

import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.parameters.Parameters;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Who may race and who may check in one class of one snapshot under one customer's terms. Immutable, so a router keeps
/// the fields of common terms as long as the snapshot lasts; building one is linear, drawing from it is not.
public final class Field {

    private Field() {}

    public static Field of(MarketSnapshot snapshot, Parameters parameters, QueryClass queryClass, Terms terms) {
        throw new UnsupportedOperationException("skeleton");
    }

    /// Candidates for the racing places, in the order of their running sums.
    public List<Candidate> candidates() {
        throw new UnsupportedOperationException("skeleton");
    }

    /// Nodes of the class that may not race under these terms.
    public List<LeftOut> leftOut() {
        throw new UnsupportedOperationException("skeleton");
    }

    /// The class's median ask in nano-USDC; empty where no operator sells the class.
    public OptionalLong medianAsk() {
        throw new UnsupportedOperationException("skeleton");
    }

    /// The lowest ask in the class among listed nodes, whatever the terms; for a refusal that helps.
    public OptionalLong cheapestAsk() {
        throw new UnsupportedOperationException("skeleton");
    }

    /// The lowest guaranteed latency in the class among listed nodes, whatever the terms.
    public OptionalInt fastestGuaranteeMs() {
        throw new UnsupportedOperationException("skeleton");
    }

    /// The highest ask among the candidates: what a lease is sized by.
    public OptionalLong dearestAsk() {
        throw new UnsupportedOperationException("skeleton");
    }

    public boolean isEmpty() {
        return candidates().isEmpty();
    }
}
