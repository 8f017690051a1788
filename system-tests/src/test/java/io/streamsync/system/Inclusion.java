package io.streamsync.system;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Whether a leaf is under a root, as RFC 9162 (2.1.3.2) has it, by nothing of the market's own code.
///
/// @param path hashes from the bottom up
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, kept by nobody
record Inclusion(byte[] leaf, long index, long leafCount, List<byte[]> path, byte[] root) {

    private static final int LEAF = 0;
    private static final int NODE = 1;

    /// The proof as it is served.
    static Inclusion of(JsonNode proof) {
        var hex = HexFormat.of();
        return new Inclusion(
                Base64.getDecoder().decode(proof.path("leafBytes").asString()),
                proof.path("index").asLong(),
                proof.path("leafCount").asLong(),
                proof.path("path")
                        .valueStream()
                        .map(hash -> hex.parseHex(hash.asString()))
                        .toList(),
                hex.parseHex(proof.path("root").asString()));
    }

    byte[] leafHash() {
        return hash(LEAF, leaf);
    }

    boolean holds() {
        if (index < 0 || index >= leafCount) {
            return false;
        }
        var at = index;
        var last = leafCount - 1;
        var hash = leafHash();
        for (var sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((at & 1) == 1 || at == last) {
                hash = hash(NODE, sibling, hash);
                while ((at & 1) == 0 && at != 0) {
                    at >>= 1;
                    last >>= 1;
                }
            } else {
                hash = hash(NODE, hash, sibling);
            }
            at >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(hash, root);
    }

    /// The same proof with one bit of its leaf turned.
    Inclusion withTurnedBit(int bit) {
        var turned = leaf.clone();
        turned[bit / 8] ^= (byte) (1 << bit % 8);
        return new Inclusion(turned, index, leafCount, path, root);
    }

    Inclusion at(long otherIndex) {
        return new Inclusion(leaf, otherIndex, leafCount, path, root);
    }

    private static byte[] hash(int kind, byte[]... parts) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update((byte) kind);
            for (var part : parts) {
                sha256.update(part);
            }
            return sha256.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
