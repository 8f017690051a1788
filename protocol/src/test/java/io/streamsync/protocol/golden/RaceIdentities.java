package io.streamsync.protocol.golden;

import static io.streamsync.protocol.golden.GoldenJson.object;

import io.streamsync.protocol.record.RaceAddress;
import io.streamsync.protocol.record.RaceIds;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Address and time to the id that the world sees.
final class RaceIdentities implements GoldenFile {

    @Override
    public String name() {
        return "race-ids.json";
    }

    @Override
    public List<Map<String, Object>> inputs() {
        return List.of(
                identity("00000000000000000000000000000000", 0, 0, 0, 0),
                identity("000102030405060708090a0b0c0d0e0f", 1, 1, 1, 1_795_350_000_123L),
                identity("000102030405060708090a0b0c0d0e0f", 1, 1, 2, 1_795_350_000_123L),
                identity("ffeeddccbbaa99887766554433221100", 65_535, 65_535, RaceAddress.MAX_SEQUENCE, (1L << 48) - 1));
    }

    private static Map<String, Object> identity(
            String key, int router, int incarnation, long sequence, long epochMillis) {
        return object(
                "key", key,
                "router", router,
                "incarnation", incarnation,
                "sequence", sequence,
                "epochMillis", epochMillis);
    }

    @Override
    public Map<String, Object> expected(JsonNode input) {
        var ids = RaceIds.of(HexFormat.of().parseHex(input.required("key").stringValue()));
        return object(
                "raceId", ids.seal(address(input), input.required("epochMillis").longValue()));
    }

    static RaceAddress address(JsonNode input) {
        return new RaceAddress(
                input.required("router").intValue(),
                input.required("incarnation").intValue(),
                input.required("sequence").longValue());
    }
}
