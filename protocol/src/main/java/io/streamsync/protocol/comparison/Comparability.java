package io.streamsync.protocol.comparison;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.market.SolanaMethod;

/// Compares answers by the method's rule.
public final class Comparability {

    private Comparability() {}

    /// Whether two answers hold the same value, whatever their slots. Bytes first, canonical form where they differ.
    public static boolean sameValue(SolanaMethod method, NodeAnswer one, NodeAnswer other) {
        throw new UnsupportedOperationException("skeleton");
    }

    /// Judges one answer against another by the method's rule, each on its own slot.
    public static Agreement judge(SolanaMethod method, NodeAnswer winner, NodeAnswer checker) {
        throw new UnsupportedOperationException("skeleton");
    }
}
