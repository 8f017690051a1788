package io.streamsync.billing.account;

import java.security.SecureRandom;
import java.util.Base64;

/// Ids and keys that nobody can guess.
final class RandomIds {

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final int ID_BYTES = 12;

    /// 256 bits: an API key is nothing but its randomness.
    private static final int KEY_BYTES = 32;

    private RandomIds() {}

    static String id(String prefix) {
        return prefix + text(ID_BYTES);
    }

    static String key(Scope scope) {
        return "ss_" + scope.wireName() + "_" + text(KEY_BYTES);
    }

    private static String text(int length) {
        var bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
