package io.streamsync.launcher.demo;

import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.money.Asset;
import java.net.http.HttpResponse;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// A query that was asked, with what the answer's headers say of its race.
///
/// @param paid what was charged; nothing when it was free
/// @param result of the node; missing in a refusal
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
        JsonNode result,
        Optional<String> refusal) {

    private static final int OK = 200;

    static Asked of(Query query, HttpResponse<String> response) {
        var result = result(response);
        return new Asked(
                query,
                header(response, "Race", ""),
                header(response, "Operator", ""),
                header(response, "Node", ""),
                Amount.parse(Asset.USDC, header(response, "Price", "0")),
                Double.parseDouble(header(response, "Latency", "0")),
                header(response, "Sla", "none"),
                result,
                result.isMissingNode()
                        ? Optional.of(
                                response.statusCode() + " " + response.body().strip())
                        : Optional.empty());
    }

    boolean isWonBy(Enrolled operator) {
        return operatorId.equals(operator.operatorId());
    }

    boolean missedItsSla() {
        return sla.equals("missed");
    }

    private static String header(HttpResponse<String> response, String name, String otherwise) {
        return response.headers().firstValue("X-StreamSync-" + name).orElse(otherwise);
    }

    private static JsonNode result(HttpResponse<String> response) {
        try {
            return response.statusCode() == OK
                    ? Api.JSON.readTree(response.body()).path("result")
                    : MissingNode.getInstance();
        } catch (JacksonException notJson) {
            return MissingNode.getInstance();
        }
    }
}
