package io.streamsync.protocol.comparison;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Account and transaction data as `[text, encoding]`: the bytes count, not how they are written.
final class EncodedData {

    private static final String ZSTD = "base64+zstd";
    private static final Set<String> ENCODINGS = Set.of("base58", "base64", ZSTD);
    private static final String BASE_58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    // nodes refuse base58 above 128 bytes, and decoding it is quadratic
    private static final int BASE_58_LENGTH = 1024;

    private EncodedData() {}

    static boolean is(JsonNode node) {
        return node.size() == 2
                && node.get(0).isString()
                && node.get(1).isString()
                && ENCODINGS.contains(node.get(1).stringValue());
    }

    static Likeness compare(JsonNode one, JsonNode other) {
        if (one.equals(other)) {
            return Likeness.SAME;
        }
        if (isCompressed(one) || isCompressed(other)) {
            // compressed bytes differ between builds of the same library
            return Likeness.UNCERTAIN;
        }
        var bytes = decode(one);
        return Likeness.of(bytes != null && Arrays.equals(bytes, decode(other)));
    }

    private static boolean isCompressed(JsonNode pair) {
        return pair.get(1).stringValue().equals(ZSTD);
    }

    private static byte @Nullable [] decode(JsonNode pair) {
        var text = pair.get(0).stringValue();
        if (pair.get(1).stringValue().equals("base58")) {
            return decodeBase58(text);
        }
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    private static byte @Nullable [] decodeBase58(String text) {
        if (text.length() > BASE_58_LENGTH) {
            return null;
        }
        var zeros = 0;
        while (zeros < text.length() && text.charAt(zeros) == '1') {
            zeros++;
        }
        var number = BigInteger.ZERO;
        for (var i = zeros; i < text.length(); i++) {
            var digit = BASE_58.indexOf(text.charAt(i));
            if (digit < 0) {
                return null;
            }
            number = number.multiply(BigInteger.valueOf(58)).add(BigInteger.valueOf(digit));
        }
        var rest = number.signum() == 0 ? new byte[0] : number.toByteArray();
        var from = rest.length > 0 && rest[0] == 0 ? 1 : 0;
        var bytes = new byte[zeros + rest.length - from];
        System.arraycopy(rest, from, bytes, zeros, rest.length - from);
        return bytes;
    }
}
