package io.streamsync.billing.settlement;

import io.streamsync.billing.archive.ArchivedLeaves;
import io.streamsync.billing.archive.FrameDigests;
import io.streamsync.protocol.settlement.InclusionProof;
import io.streamsync.protocol.settlement.Leaf;
import io.streamsync.protocol.settlement.MerkleTree;
import java.util.ArrayList;
import java.util.HexFormat;
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
    ///
    /// @throws IllegalStateException when the path does not lead to the root: nobody is handed such a proof
    Optional<Proof> find(Settlement settlement, long index) {
        var count = settlement.header().leafCount();
        var first = index & -BlockTree.BLOCK;
        var end = Math.min(first + BlockTree.BLOCK, count);
        var ranges = settlements.ranges(settlement.place(), first, end);
        var block = hashes(ranges, first, end);
        var leaf = leaf(ranges, index);
        if (leaf.isEmpty() || first + block.size() < end) {
            return Optional.empty();
        }
        var path = new ArrayList<>(MerkleTree.path(block, (int) (index - first)));
        path.addAll(pathAbove(settlement.place(), index >> BlockTree.HEIGHT));
        var proof = new Proof(leaf.get(), new InclusionProof(index, count, path));
        if (!proof.holds(settlement)) {
            throw new IllegalStateException("what is kept of the window of epoch "
                    + settlement.header().epoch() + " does not lead from leaf " + index + " to its root");
        }
        return Optional.of(proof);
    }

    private List<byte[]> pathAbove(long place, long node) {
        var path = new ArrayList<byte[]>();
        var at = node;
        for (var block : nodes.above(place, node)) {
            path.addAll(MerkleTree.path(block, (int) (at & (BlockTree.BLOCK - 1))));
            at >>= BlockTree.HEIGHT;
        }
        return path;
    }

    private List<byte[]> hashes(List<SettledRange> ranges, long fromLeaf, long toLeaf) {
        var hashes = new ArrayList<byte[]>();
        for (var range : ranges) {
            hashes.addAll(digests.leafHashes(range.at(fromLeaf, toLeaf), range.days()));
        }
        return hashes;
    }

    private Optional<Leaf> leaf(List<SettledRange> ranges, long index) {
        return ranges.stream()
                .filter(range -> range.firstLeaf() <= index && index < range.endLeaf())
                .flatMap(range -> leaves.read(range.at(index, index + 1), range.days()).stream())
                .findFirst();
    }

    record Proof(Leaf leaf, InclusionProof path) {

        private boolean holds(Settlement settlement) {
            return path.leadsTo(HexFormat.of().parseHex(settlement.header().root()), leaf.hash());
        }
    }
}
