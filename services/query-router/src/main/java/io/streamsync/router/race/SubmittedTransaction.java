package io.streamsync.router.race;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.answer.Reply;
import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.market.SolanaMethod.Delivery;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What a node says to a sendTransaction: accepted when the returned signature is the transaction's own (protocol,
/// Race).
///
/// @param submits whether the query is one
/// @param signature null where there is none to compare with
record SubmittedTransaction(boolean submits, @Nullable String signature) {

    /// 64 bytes in base58, quoted.
    private static final int LONGEST_RESULT = 90;

    static SubmittedTransaction of(SolanaMethod method, @Nullable String signature) {
        return new SubmittedTransaction(method.delivery() == Delivery.ALL_RACERS, signature);
    }

    /// Errors are judged elsewhere. Where the request holds no transaction to compare with, any string can be made up:
    /// another operator must say the same.
    ///
    /// @return null when another signature than its own came back
    @Nullable
    Reply meaning(Reply reply, NodeAnswer answer) {
        if (!submits || answer.kind() != NodeAnswer.Kind.RESULT) {
            return reply;
        }
        var length = answer.to() - answer.from();
        if (length > LONGEST_RESULT) {
            return null;
        }
        var result = new String(answer.body(), answer.from(), length, StandardCharsets.US_ASCII);
        if (signature == null) {
            return new Reply.NeedsSecond(false, "accepted:" + result);
        }
        return result.equals('"' + signature + '"') ? reply : null;
    }
}
