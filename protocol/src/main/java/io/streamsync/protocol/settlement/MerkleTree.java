package io.streamsync.protocol.settlement;

import io.streamsync.protocol.canonical.Sha256;
import java.util.ArrayList;
import java.util.List;

/// The hash tree of RFC 9162, section 2.1, over SHA-256: a leaf is hashed behind a byte 0, a node behind a byte 1, so
/// that neither can be taken for the other. The root of nothing is the hash of nothing.
///
/// Roots and paths of subtrees of 2^n leaves join to those of the whole: what is a leaf's hash here may also be the
/// root of such a subtree, where all but the last are full.
public final class MerkleTree {

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private MerkleTree() {}

    public static byte[] leafHash(byte[] leaf) {
        return leafHash(leaf, leaf.length);
    }

    /// Of a leaf that the bytes begin with.
    public static byte[] leafHash(byte[] bytes, int length) {
        var digest = Sha256.digest();
        digest.update(LEAF);
        digest.update(bytes, 0, length);
        return digest.digest();
    }

    public static byte[] nodeHash(byte[] left, byte[] right) {
        var digest = Sha256.digest();
        digest.update(NODE);
        digest.update(left);
        return digest.digest(right);
    }

    /// @param hashes of the leaves, or of full subtrees of one height of which the last may be smaller
    public static byte[] root(List<byte[]> hashes) {
        var growing = new GrowingTree();
        hashes.forEach(growing::add);
        return growing.root();
    }

    /// The hashes that lead from one of these to their root, bottom-up.
    public static List<byte[]> path(List<byte[]> hashes, int index) {
        if (index < 0 || index >= hashes.size()) {
            throw new IllegalArgumentException("leaf " + index + " of " + hashes.size());
        }
        var path = new ArrayList<byte[]>();
        var level = hashes;
        for (var at = index; level.size() > 1; at >>= 1) {
            var sibling = at ^ 1;
            if (sibling < level.size()) {
                path.add(level.get(sibling));
            }
            level = parents(level);
        }
        return path;
    }

    /// One without a sibling moves up as it is.
    private static List<byte[]> parents(List<byte[]> level) {
        var parents = new ArrayList<byte[]>((level.size() + 1) / 2);
        for (var left = 0; left < level.size(); left += 2) {
            parents.add(left + 1 < level.size() ? nodeHash(level.get(left), level.get(left + 1)) : level.get(left));
        }
        return parents;
    }
}
