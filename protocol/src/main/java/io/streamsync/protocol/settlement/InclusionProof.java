package io.streamsync.protocol.settlement;

import java.security.MessageDigest;
import java.util.List;

/// Shows that a leaf stands at its index in a tree (RFC 9162, section 2.1.3).
///
/// @param path bottom-up
public record InclusionProof(long index, long leafCount, List<byte[]> path) {

    public InclusionProof {
        path = List.copyOf(path);
    }

    /// Whether the path leads from the leaf at this index of so many leaves to the root, and no other way.
    ///
    /// @param leafHash see [MerkleTree#leafHash]
    public boolean leadsTo(byte[] root, byte[] leafHash) {
        if (index < 0 || index >= leafCount) {
            return false;
        }
        var at = index;
        var last = leafCount - 1;
        var hash = leafHash;
        for (var sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((at & 1) == 1 || at == last) {
                hash = MerkleTree.nodeHash(sibling, hash);
                while ((at & 1) == 0 && at != 0) { // moved up without a sibling
                    at >>= 1;
                    last >>= 1;
                }
            } else {
                hash = MerkleTree.nodeHash(hash, sibling);
            }
            at >>= 1;
            last >>= 1;
        }
        return last == 0 && MessageDigest.isEqual(root, hash);
    }
}
