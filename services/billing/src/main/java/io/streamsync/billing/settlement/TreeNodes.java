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

    List<byte[]> block(long place, int height, long number) {
        var hashes = jdbc.sql("select hashes from settlement_node where place = ? and height = ? and number = ?")
                .params(place, height, number)
                .query(byte[].class)
                .single();
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
