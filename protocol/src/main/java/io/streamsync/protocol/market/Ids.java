package io.streamsync.protocol.market;

import java.util.regex.Pattern;

/// The form of opaque ids in the public interfaces.
final class Ids {

    private static final Pattern OPAQUE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private Ids() {}

    static void requireOpaque(String id) {
        if (!OPAQUE.matcher(id).matches()) {
            throw new IllegalArgumentException("not an id: 1 to 64 of A-Z a-z 0-9 _ -");
        }
    }
}
