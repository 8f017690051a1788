package io.streamsync.protocol.golden;

import static io.streamsync.protocol.golden.GoldenJson.object;

import io.streamsync.protocol.draw.RaceRandomness;
import io.streamsync.protocol.draw.RandomNumbers;
import io.streamsync.protocol.draw.RandomNumbers.Label;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Secret, address and request to the first random numbers of a label.
final class Numbers implements GoldenFile {

    @Override
    public String name() {
        return "randomness.json";
    }

    @Override
    public List<Map<String, Object>> inputs() {
        var inputs = new ArrayList<Map<String, Object>>();
        for (var label : Label.values()) {
            inputs.add(object(
                    "secret",
                    "5e".repeat(32),
                    "router",
                    1,
                    "incarnation",
                    7,
                    "sequence",
                    4_294_967_297L,
                    "requestHash",
                    "a5".repeat(32),
                    "label",
                    label.name().toLowerCase(Locale.ROOT),
                    "total",
                    1_000_000));
        }
        return inputs;
    }

    @Override
    public Map<String, Object> expected(JsonNode input) {
        var label = Label.valueOf(input.required("label").stringValue().toUpperCase(Locale.ROOT));
        var total = input.required("total").longValue();
        var plain = randomness(input);
        var below = randomness(input);
        var numbers = new ArrayList<String>();
        var picks = new ArrayList<Long>();
        for (var k = 0; k < 3; k++) {
            numbers.add(Long.toUnsignedString(plain.next(label)));
            picks.add(below.below(label, total));
        }
        return object("numbers", numbers, "below", picks);
    }

    static RandomNumbers randomness(JsonNode input) {
        return RaceRandomness.of(
                HexFormat.of().parseHex(input.required("secret").stringValue()),
                RaceIdentities.address(input),
                HexFormat.of().parseHex(input.required("requestHash").stringValue()));
    }
}
