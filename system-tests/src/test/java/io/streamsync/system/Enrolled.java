package io.streamsync.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.system.Api.Reply;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One of the operators that the demo enrolled, with its wallet and the switches of its nodes.
///
/// @param nodes as `demo.json` names them
record Enrolled(Market market, String id, Api session, List<JsonNode> nodes) {

    private static final int SLOW_MILLIS = 1500;

    static Enrolled named(Market market, String name) {
        var planned = JsonMapper.shared()
                .readTree(Market.read(Market.REPOSITORY.resolve("devnet/operators.json")))
                .path("operators")
                .valueStream()
                .filter(operator -> name.equals(operator.path("name").asString()))
                .findFirst()
                .orElseThrow();
        var id = market.operator(name);
        var nodes = market.demo()
                .path("nodes")
                .valueStream()
                .filter(node -> id.equals(node.path("operatorId").asString()))
                .toList();
        var wallet = OperatorWallet.ofSeed(planned.path("walletSeed").asString());
        return new Enrolled(market, id, wallet.signIn(market.api()), nodes);
    }

    /// Below whom nobody sells, so that no checker's answer can stand in for its own.
    static Enrolled cheapest(Market market, String method) {
        return of(
                market,
                market.api()
                        .post("/v1/quotes", "{\"method\":\"" + method + "\"}")
                        .text("/asks/0/operatorId"));
    }

    static Enrolled of(Market market, String id) {
        return named(market, market.api().get("/v1/operators/" + id).text("/name"));
    }

    /// The chance of the first place, over all of its nodes, as the market quotes it.
    double probability(String method) {
        return market.api()
                .post("/v1/quotes", "{\"method\":\"" + method + "\"}")
                .json()
                .path("asks")
                .valueStream()
                .filter(ask -> id.equals(ask.path("operatorId").asString()))
                .mapToDouble(ask -> ask.path("probability").asDouble())
                .sum();
    }

    void ask(String queryClass, String price) {
        nodes.forEach(node -> {
            var path = "/v1/operators/%s/nodes/%s/asks/%s"
                    .formatted(id, node.path("nodeId").asString(), queryClass);
            assertThat(session.send(
                                    "PUT",
                                    path,
                                    "{\"price\":\"%s\",\"maxLatencyMs\":200,\"capacity\":200}".formatted(price))
                            .status())
                    .isBetween(200, 201);
        });
    }

    void control(String setting) {
        nodes.forEach(node -> control(node, setting));
    }

    /// Asks while all of its nodes take longer than any of them guarantees.
    Reply slowedDown(Supplier<Reply> query) {
        var before = nodes.stream()
                .map(node -> control(node, "{}").path("latencyMs").asInt())
                .toList();
        try {
            control("{\"latencyMs\":%d}".formatted(SLOW_MILLIS));
            return query.get();
        } finally {
            for (int at = 0; at < nodes.size(); at++) {
                control(nodes.get(at), "{\"latencyMs\":%d}".formatted(before.get(at)));
            }
        }
    }

    private static JsonNode control(JsonNode node, String setting) {
        var reply = new Api(URI.create(node.path("endpoint").asString())).post("/control", setting);
        assertThat(reply.status()).isEqualTo(200);
        return reply.json();
    }
}
