package io.streamsync.billing.settlement;

import io.streamsync.protocol.settlement.GrowingTree;
import io.streamsync.protocol.settlement.MerkleTree;
import java.util.ArrayList;
import java.util.List;

/// A tree whose nodes of every eighth height are kept: with one row of 256 of them per eight heights, a path takes some
/// hundred hashes, whatever the tree's size. Those below height 8 follow from the frames' digests.
final class BlockTree {

    static final int HEIGHT = 8;
    static final int BLOCK = 1 << HEIGHT;

    private final List<byte[]> roots = new ArrayList<>();
    private GrowingTree block = new GrowingTree();

    void add(byte[] leafHash) {
        block.add(leafHash);
        if (block.count() == BLOCK) {
            finishBlock();
        }
    }

    long count() {
        return (long) roots.size() * BLOCK + block.count();
    }

    Finished finish() {
        if (block.count() > 0) {
            finishBlock();
        }
        var levels = new ArrayList<List<byte[]>>();
        for (List<byte[]> level = roots; level.size() > 1; level = above(level)) {
            levels.add(level);
        }
        return new Finished(MerkleTree.root(roots), levels);
    }

    private void finishBlock() {
        roots.add(block.root());
        block = new GrowingTree();
    }

    private static List<byte[]> above(List<byte[]> level) {
        return blocks(level).stream().map(MerkleTree::root).toList();
    }

    static List<List<byte[]>> blocks(List<byte[]> level) {
        var blocks = new ArrayList<List<byte[]>>();
        for (var from = 0; from < level.size(); from += BLOCK) {
            blocks.add(level.subList(from, Math.min(from + BLOCK, level.size())));
        }
        return blocks;
    }

    /// @param levels the nodes of height 8, 16 and so on, below the root
    @SuppressWarnings("ArrayRecordComponent") // on its way into the database
    record Finished(byte[] root, List<List<byte[]>> levels) {}
}
