package io.streamsync.billing.settlement;

import io.streamsync.billing.archive.ArchivedLeaves;
import io.streamsync.billing.archive.FrameDigests;
import io.streamsync.protocol.settlement.InclusionProof;
import io.streamsync.protocol.settlement.Leaf;
import io.streamsync.protocol.settlement.MerkleTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Proves that leaves stand in sealed trees: from the hashes of 256 leaves, and a row of nodes per eight heights.
@Component
class Proofs {

    private final Settlements settlements;
    private final FrameDigests digests;
    private final ArchivedLeaves leaves;
    private final TreeNodes nodes;

    Proofs(Settlements settlements, FrameDigests digests, ArchivedLeaves leaves, TreeNodes nodes) {
        this.settlements = settlements;
        this.digests = digests;
        this.leaves = leaves;
        this.nodes = nodes;
    }

    /// Empty when the records are not kept any more.
    Optional<Proof> find(Settlement settlement, long index) {
        var count = settlement.header().leafCount();
        var first = index & -BlockTree.BLOCK;
        var block = hashes(settlement, first, Math.min(first + BlockTree.BLOCK, count));
        var leaf = leaf(settlement, index);
        if (leaf.isEmpty() || first + block.size() < Math.min(first + BlockTree.BLOCK, count)) {
            return Optional.empty();
        }
        var path = new ArrayList<>(MerkleTree.path(block, (int) (index - first)));
        path.addAll(pathAbove(settlement.place(), index >> BlockTree.HEIGHT, blocks(count)));
        return Optional.of(new Proof(leaf.get(), new InclusionProof(index, count, path)));
    }

    private List<byte[]> pathAbove(long place, long node, long nodesOfHeight) {
        var path = new ArrayList<byte[]>();
        var at = node;
        var height = BlockTree.HEIGHT;
        for (var count = nodesOfHeight; count > 1; count = blocks(count)) {
            var block = nodes.block(place, height, at >> BlockTree.HEIGHT);
            path.addAll(MerkleTree.path(block, (int) (at & (BlockTree.BLOCK - 1))));
            at >>= BlockTree.HEIGHT;
            height += BlockTree.HEIGHT;
        }
        return path;
    }

    private List<byte[]> hashes(Settlement settlement, long fromLeaf, long toLeaf) {
        var hashes = new ArrayList<byte[]>();
        for (var range : settlements.ranges(settlement.place(), fromLeaf, toLeaf)) {
            hashes.addAll(digests.leafHashes(range.at(fromLeaf, toLeaf), range.days()));
        }
        return hashes;
    }

    private Optional<Leaf> leaf(Settlement settlement, long index) {
        return settlements.ranges(settlement.place(), index, index + 1).stream()
                .flatMap(range -> leaves.read(range.at(index, index + 1), range.days()).stream())
                .findFirst();
    }

    private static long blocks(long count) {
        return (count + BlockTree.BLOCK - 1) >> BlockTree.HEIGHT;
    }

    record Proof(Leaf leaf, InclusionProof path) {}
}
