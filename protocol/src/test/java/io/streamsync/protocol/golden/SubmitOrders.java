package io.streamsync.protocol.golden;

import static io.streamsync.protocol.golden.GoldenJson.object;

import io.streamsync.protocol.draw.Draw;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// Secret, address, request and racing places to the order in which a submission's fee goes.
final class SubmitOrders implements GoldenFile {

    @Override
    public String name() {
        return "submit-orders.json";
    }

    @Override
    public List<Map<String, Object>> inputs() {
        return IntStream.rangeClosed(1, 5)
                .boxed()
                .flatMap(places -> IntStream.range(0, 3).mapToObj(sequence -> input(places, sequence)))
                .toList();
    }

    private static Map<String, Object> input(int places, int sequence) {
        return object(
                "secret",
                "5e".repeat(32),
                "router",
                1,
                "incarnation",
                7,
                "sequence",
                sequence,
                "requestHash",
                "a5".repeat(32),
                "places",
                places);
    }

    @Override
    public Map<String, Object> expected(JsonNode input) {
        var places = input.required("places").intValue();
        return object(
                "order",
                Arrays.stream(Draw.submitOrder(places, Numbers.randomness(input)))
                        .boxed()
                        .toList());
    }
}
