package io.streamsync.protocol.settlement;

import io.streamsync.protocol.canonical.Sha256;
import java.util.ArrayList;
import java.util.List;

/// A Merkle tree that leaves are added to from left to right; it remembers one hash per level. Not for use by two
/// threads.
public final class GrowingTree {

    /// The roots of full subtrees from left to right, of heights that fall: the bits of the count say which.
    private final List<byte[]> full = new ArrayList<>();

    private long count;

    /// @param leafHash see [MerkleTree#leafHash]
    public void add(byte[] leafHash) {
        var root = leafHash;
        for (var bits = count; (bits & 1) == 1; bits >>= 1) {
            root = MerkleTree.nodeHash(full.removeLast(), root);
        }
        full.add(root);
        count++;
    }

    public long count() {
        return count;
    }

    /// Of all leaves so far; more may be added.
    public byte[] root() {
        if (full.isEmpty()) {
            return Sha256.of(new byte[0]);
        }
        var root = full.getLast();
        for (var left = full.size() - 2; left >= 0; left--) {
            root = MerkleTree.nodeHash(full.get(left), root);
        }
        return root.clone();
    }
}
