package io.streamsync.launcher.demo;

import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.money.Asset;
import java.net.http.HttpResponse;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// A query that was asked, with what the answer's headers say of its race.
///
/// @param paid what was charged; nothing when it was free
/// @param sla `met`, `missed` or `none`
/// @param refusal what the router or the node answered instead of a result
record Asked(
        Query query,
        String raceId,
        String operatorId,
        String nodeId,
        Amount paid,
        double latencyMs,
        String sla,
        Optional<String> refusal) {

    private static final int OK = 200;

    static Asked of(Query query, HttpResponse<String> response) {
        return new Asked(
                query,
                header(response, "Race", ""),
                header(response, "Operator", ""),
                header(response, "Node", ""),
                Amount.parse(Asset.USDC, header(response, "Price", "0")),
                Double.parseDouble(header(response, "Latency", "0")),
                header(response, "Sla", "none"),
                refusal(response));
    }

    boolean missedItsSla() {
        return sla.equals("missed");
    }

    private static String header(HttpResponse<String> response, String name, String otherwise) {
        return response.headers().firstValue("X-StreamSync-" + name).orElse(otherwise);
    }

    private static Optional<String> refusal(HttpResponse<String> response) {
        try {
            var hasResult = Api.JSON.readTree(response.body()).has("result");
            return response.statusCode() == OK && hasResult
                    ? Optional.empty()
                    : Optional.of(response.statusCode() + " " + response.body().strip());
        } catch (JacksonException e) {
            return Optional.of(response.statusCode() + " with a body that is not JSON: " + response.body());
        }
    }
}
