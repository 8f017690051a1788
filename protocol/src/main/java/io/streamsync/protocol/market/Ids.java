package io.streamsync.protocol.market;

/// The form of opaque ids in the public interfaces: 1 to 64 of A-Z a-z 0-9 _ -. Every id of every record is checked, so
/// by hand rather than by a pattern.
final class Ids {

    private static final int LONGEST = 64;

    private Ids() {}

    static void requireOpaque(String id) {
        var isOpaque = !id.isEmpty() && id.length() <= LONGEST;
        for (var index = 0; isOpaque && index < id.length(); index++) {
            isOpaque = isOpaque(id.charAt(index));
        }
        if (!isOpaque) {
            throw new IllegalArgumentException("not an id: 1 to 64 of A-Z a-z 0-9 _ -");
        }
    }

    private static boolean isOpaque(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= '0' && character <= '9')
                || (character >= 'A' && character <= 'Z')
                || character == '-'
                || character == '_';
    }
}
