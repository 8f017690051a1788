package io.streamsync.router.rest;

import io.streamsync.router.jsonrpc.Base58;
import java.util.regex.Pattern;

/// What a path names, checked before anybody is asked: a node's complaint would cost the customer a query.
final class Subject {

    private static final int KEY_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;
    /// A slot is a u64; this is far beyond any that will be.
    private static final Pattern SLOT = Pattern.compile("0|[1-9]\\d{0,17}");

    private Subject() {}

    static String address(String part, String text) {
        requireBytes(part, text, KEY_BYTES, "an address: 32 bytes in base 58");
        return text;
    }

    static String signature(String part, String text) {
        requireBytes(part, text, SIGNATURE_BYTES, "a signature: 64 bytes in base 58");
        return text;
    }

    static long slot(String part, String text) {
        if (!SLOT.matcher(text).matches()) {
            throw new InvalidPartException(part, "a slot: digits without a sign");
        }
        return Long.parseLong(text);
    }

    private static void requireBytes(String part, String text, int bytes, String what) {
        // base 58 takes 1 to 1.38 characters a byte: nothing longer is worth decoding
        if (text.length() >= bytes && text.length() < 2 * bytes && isBase58(text, bytes)) {
            return;
        }
        throw new InvalidPartException(part, what);
    }

    private static boolean isBase58(String text, int bytes) {
        try {
            return Base58.decode(text).length == bytes;
        } catch (IllegalArgumentException otherSigns) {
            return false;
        }
    }
}
