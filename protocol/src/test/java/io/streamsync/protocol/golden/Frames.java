package io.streamsync.protocol.golden;

import static io.streamsync.protocol.golden.GoldenJson.object;

import io.streamsync.protocol.canonical.Sha256;
import io.streamsync.protocol.record.Frame;
import io.streamsync.protocol.record.StreamRecords;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A stream's position and records to the frame, which is a file of its own too.
final class Frames implements GoldenFile {

    static final String FILE = "frame.bin";
    static final Frame FRAME = new Frame(
            1,
            7,
            1_099_511_627_776L,
            RecordBytes.ALL.stream().map(StreamRecords::encode).toList());

    @Override
    public String name() {
        return "frames.json";
    }

    @Override
    public List<Map<String, Object>> inputs() {
        return List.of(object(
                "router", FRAME.router(),
                "incarnation", FRAME.incarnation(),
                "first", FRAME.first(),
                "records",
                        FRAME.records().stream().map(HexFormat.of()::formatHex).toList()));
    }

    @Override
    public Map<String, Object> expected(JsonNode input) {
        var frame = new Frame(
                input.required("router").intValue(),
                input.required("incarnation").intValue(),
                input.required("first").longValue(),
                GoldenJson.strings(input.required("records")).stream()
                        .map(HexFormat.of()::parseHex)
                        .toList());
        var bytes = frame.encode();
        return object("file", FILE, "length", bytes.length, "sha256", Sha256.hex(bytes));
    }
}
