package io.streamsync.router.submission;

import io.streamsync.router.jsonrpc.Base58;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A signed transaction as a customer sends it: the same in whatever encoding.
public final class Transaction {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int SIGNATURE_BYTES = 64;

    /// Solana's packets hold 1232 bytes, in base58 below 1700 characters.
    private static final int LONGEST_TEXT = 2048;

    /// Beside the text a few options: what is longer is read by nobody here, as whoever sends it may have no credit.
    private static final int LONGEST_PARAMS = 2 * LONGEST_TEXT;

    private final byte[] bytes;
    private final String signature;
    private final OptionalInt maxRetries;

    private Transaction(byte[] bytes, String signature, OptionalInt maxRetries) {
        this.bytes = bytes;
        this.signature = signature;
        this.maxRetries = maxRetries;
    }

    /// Of the params of a sendTransaction, which are a span of a request's bytes.
    ///
    /// @return empty when no transaction with a signature is there to be read
    public static Optional<Transaction> read(byte[] body, int from, int to) {
        if (from < 0 || to - from > LONGEST_PARAMS) {
            return Optional.empty();
        }
        try {
            var params = JSON.readTree(body, from, to - from);
            var bytes = bytes(params);
            // a compact count of signatures, one byte below 128, and the first of them
            return bytes == null || bytes.length <= SIGNATURE_BYTES || bytes[0] <= 0
                    ? Optional.empty()
                    : Optional.of(new Transaction(
                            bytes,
                            Base58.encode(bytes, 1, SIGNATURE_BYTES),
                            maxRetries(params.path(1).path("maxRetries"))));
        } catch (RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    /// The first, in base58: what a node returns that accepts it.
    public String signature() {
        return signature;
    }

    /// How often the customer wants it sent again; empty where that is left to whoever sends.
    OptionalInt maxRetries() {
        return maxRetries;
    }

    @SuppressWarnings("MutablePublicArray") // read and never changed
    byte[] bytes() {
        return bytes;
    }

    boolean spendsNonce() {
        return DurableNonce.isSpentBy(bytes);
    }

    private static byte @Nullable [] bytes(JsonNode params) {
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

    private static OptionalInt maxRetries(JsonNode given) {
        return given.isIntegralNumber()
                ? OptionalInt.of(Math.clamp(given.asLong(Integer.MAX_VALUE), 0, Integer.MAX_VALUE))
                : OptionalInt.empty();
    }
}
