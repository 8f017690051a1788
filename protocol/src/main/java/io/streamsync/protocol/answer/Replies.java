package io.streamsync.protocol.answer;

import io.streamsync.protocol.market.SolanaMethod;

/// The classification of answers.
public final class Replies {

    private Replies() {}

    public static Reply classify(SolanaMethod method, NodeAnswer answer) {
        throw new UnsupportedOperationException("skeleton");
    }

    /// The failure that a status other than 200, or bytes that are no answer, mean.
    public static Reply.Failure ofStatus(int httpStatus) {
        throw new UnsupportedOperationException("skeleton");
    }
}
