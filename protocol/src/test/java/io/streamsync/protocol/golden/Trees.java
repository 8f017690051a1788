package io.streamsync.protocol.golden;

import static io.streamsync.protocol.golden.GoldenJson.object;

import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.protocol.settlement.MerkleTree;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// Leaves to hashes, root and paths.
final class Trees implements GoldenFile {

    private static final HexFormat HEX = HexFormat.of();

    @Override
    public String name() {
        return "trees.json";
    }

    @Override
    public List<Map<String, Object>> inputs() {
        var leaves = RecordBytes.ALL.stream()
                .map(StreamRecords::encode)
                .map(StreamRecords::publicPart)
                .map(HEX::formatHex)
                .toList();
        return IntStream.of(0, 1, 3, 8, leaves.size())
                .mapToObj(count -> object("leaves", leaves.subList(0, count)))
                .toList();
    }

    @Override
    public Map<String, Object> expected(JsonNode input) {
        var hashes = GoldenJson.strings(input.required("leaves")).stream()
                .map(HEX::parseHex)
                .map(MerkleTree::leafHash)
                .toList();
        return object(
                "hashes", hex(hashes),
                "root", HEX.formatHex(MerkleTree.root(hashes)),
                "paths",
                        IntStream.range(0, hashes.size())
                                .mapToObj(index -> hex(MerkleTree.path(hashes, index)))
                                .toList());
    }

    private static List<String> hex(List<byte[]> hashes) {
        return hashes.stream().map(HEX::formatHex).toList();
    }
}
