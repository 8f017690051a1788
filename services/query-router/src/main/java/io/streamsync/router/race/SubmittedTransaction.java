package io.streamsync.router.race;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.answer.Reply;
import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.market.SolanaMethod.Delivery;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The transaction of a sendTransaction: accepted when the returned signature is its own (protocol, Race).
final class SubmittedTransaction {

    private static final SubmittedTransaction NONE = new SubmittedTransaction(false, null);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int SIGNATURE_BYTES = 64;

    /// Solana's packets hold 1232 bytes, in base58 below 1700 characters.
    private static final int LONGEST_TEXT = 2048;

    /// 64 bytes in base58, quoted.
    private static final int LONGEST_RESULT = 90;

    private final boolean submits;
    private final @Nullable String signature;

    private SubmittedTransaction(boolean submits, @Nullable String signature) {
        this.submits = submits;
        this.signature = signature;
    }

    static SubmittedTransaction of(SolanaMethod method, byte[] request) {
        return method.delivery() == Delivery.ALL_RACERS ? new SubmittedTransaction(true, signature(request)) : NONE;
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

    private static @Nullable String signature(byte[] request) {
        try {
            var params = JSON.readTree(request).path("params");
            var transaction = transaction(params);
            // a compact count of signatures, one byte below 128, and the first of them
            return transaction == null || transaction.length <= SIGNATURE_BYTES || transaction[0] <= 0
                    ? null
                    : Base58.encode(transaction, 1, SIGNATURE_BYTES);
        } catch (RuntimeException unreadable) {
            return null;
        }
    }

    private static byte @Nullable [] transaction(JsonNode params) {
        var text = params.path(0).asString("");
        if (text.isEmpty() || text.length() > LONGEST_TEXT) {
            return null;
        }
        var encoding = params.path(1).path("encoding").asString("base58");
        return switch (encoding) {
            case "base64" -> Base64.getDecoder().decode(text);
            case "base58" -> Base58.decode(text);
            default -> null;
        };
    }
}
