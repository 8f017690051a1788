package io.streamsync.launcher.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A query with what the customer wants of it.
///
/// @param wish the kind of wish, in one word for the story
record Query(String method, List<?> params, String wish, Map<String, String> headers) {

    static final String BALANCED = "balanced";
    static final String FASTEST = "fastest";
    static final String CHEAPEST = "cheapest";

    /// Cheap, asked of one node at a time, and no later than so: who promises it and does not keep it is not paid.
    static final String TIGHT = "tight SLA";

    static final String TIGHT_SLA = "50ms";

    static Query preferring(String preference, String method, List<?> params) {
        return new Query(method, params, preference, Map.of("X-StreamSync-Prefer", preference));
    }

    static Query patient(String method, List<?> params) {
        return new Query(method, params, BALANCED, Map.of("X-StreamSync-Max-Latency", "5s"));
    }

    static Query ofOneRacer(String method, List<?> params) {
        return new Query(method, params, FASTEST, Map.of("X-StreamSync-Prefer", FASTEST, "X-StreamSync-Racers", "1"));
    }

    static Query of(String method, List<?> params, String operatorId) {
        return new Query(method, params, BALANCED, Map.of("X-StreamSync-Operators", operatorId));
    }

    static Query tight(String method, List<?> params) {
        return new Query(
                method,
                params,
                TIGHT,
                Map.of(
                        "X-StreamSync-Prefer", CHEAPEST,
                        "X-StreamSync-Racers", "1",
                        "X-StreamSync-Max-Latency", TIGHT_SLA));
    }

    String body(int id) {
        var request = new LinkedHashMap<String, Object>();
        request.put("jsonrpc", "2.0");
        request.put("id", id);
        request.put("method", method);
        request.put("params", params);
        return Api.JSON.writeValueAsString(request);
    }
}
