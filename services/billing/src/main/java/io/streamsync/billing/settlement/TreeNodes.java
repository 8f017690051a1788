package io.streamsync.billing.settlement;

import io.streamsync.protocol.canonical.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Keeps the nodes of sealed trees, a block to a row.
@Repository
class TreeNodes {

    /// The last one that a number of 64 bits leaves something of.
    private static final int HIGHEST = 56;

    private final JdbcClient jdbc;

    TreeNodes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param levels the nodes of height 8, 16 and so on
    void add(long place, List<List<byte[]>> levels) {
        var height = 0;
        for (var level : levels) {
            height += BlockTree.HEIGHT;
            var number = 0;
            for (var block : BlockTree.blocks(level)) {
                jdbc.sql("insert into settlement_node (place, height, number, hashes) values (?, ?, ?, ?)")
                        .params(place, height, number++, joined(block))
                        .update();
            }
        }
    }

    /// The blocks between a node of height 8 and the root, lowest first: each has the root of the one before in it.
    List<List<byte[]>> above(long place, long node) {
        return jdbc.sql("""
                select n.hashes from generate_series(:step, :highest, :step) as above (height)
                join settlement_node n on n.place = :place and n.height = above.height and n.number = :node >> above.height
                order by n.height""")
                .param("place", place)
                .param("node", node)
                .param("step", BlockTree.HEIGHT)
                .param("highest", HIGHEST)
                .query((row, number) -> parted(row.getBytes("hashes")))
                .list();
    }

    private static List<byte[]> parted(byte[] hashes) {
        var nodes = new ArrayList<byte[]>(hashes.length / Sha256.LENGTH);
        for (var from = 0; from < hashes.length; from += Sha256.LENGTH) {
            nodes.add(Arrays.copyOfRange(hashes, from, from + Sha256.LENGTH));
        }
        return nodes;
    }

    private static byte[] joined(List<byte[]> hashes) {
        var all = new byte[hashes.size() * Sha256.LENGTH];
        for (var index = 0; index < hashes.size(); index++) {
            System.arraycopy(hashes.get(index), 0, all, index * Sha256.LENGTH, Sha256.LENGTH);
        }
        return all;
    }
}
