package io.streamsync.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.protocol.canonical.Sha256;
import io.streamsync.protocol.draw.Draw;
import io.streamsync.protocol.draw.Field;
import io.streamsync.protocol.draw.RaceRandomness;
import io.streamsync.protocol.draw.SkipReason;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.draw.Usability;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.SolanaMethods;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.RaceAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// Draws a race again, from what is published and from the bytes that every node asked has seen.
///
/// @param router the start of a router that raced it, as `GET /v1/epochs/{n}` shows it once its secret is told
record Replay(Api market, JsonNode router) {

    private static final Duration TOLD = Duration.ofMinutes(3);

    /// Waits until the secret of the race's epoch is told.
    static Replay of(Api market, JsonNode race) {
        var router = await().atMost(TOLD)
                .until(
                        () -> routerOf(market, race),
                        shown -> shown.path("secret").isString());
        return new Replay(market, router);
    }

    private static JsonNode routerOf(Api market, JsonNode race) {
        return market.get("/v1/epochs/" + race.path("epoch").asLong())
                .json()
                .path("routers")
                .valueStream()
                .filter(router -> router.path("snapshots").valueStream().anyMatch(race.path("snapshot")::equals))
                .findFirst()
                .orElseGet(MissingNode::getInstance);
    }

    /// Who has to be asked, as `node place`, in the order of the draw.
    ///
    /// @param request with the race's sequence as its id
    List<String> places(JsonNode race, byte[] request) {
        var secret = HexFormat.of().parseHex(router.path("secret").asString());
        assertThat(Sha256.hex(secret)).isEqualTo(router.path("commitment").asString());
        var address = new RaceAddress(
                router.path("routerId").asInt(),
                router.path("incarnation").asInt(),
                JsonMapper.shared().readTree(request).path("id").asLong());
        var parameters = parameters();
        assertThat(parameters.version())
                .isEqualTo(race.path("parametersVersion").asString());
        var method = SolanaMethods.find(race.path("method").asString()).orElseThrow();
        var terms = Terms.standard(parameters.racingPlaces());
        var field = Field.of(snapshot(race.path("snapshot").asString()), parameters, method.queryClass(), terms);
        var random = RaceRandomness.of(secret, address, Sha256.of(request));
        return Draw.of(field, method, terms, parameters, random, usability(race)).places().stream()
                .map(place -> place.node().id().value() + " " + place.place().wireName())
                .toList();
    }

    /// What a router could not use then, it says by operator and epoch; where it says nothing, all was usable.
    private Usability usability(JsonNode race) {
        if (router.path("skips")
                .valueStream()
                .allMatch(skips -> skips.path("skipped").asLong() == 0)) {
            return Usability.ALL;
        }
        var asked = race.path("racers").findValuesAsString("nodeId");
        return (node, _, _) -> asked.contains(node.id().value()) ? null : SkipReason.CAPACITY;
    }

    private MarketSnapshot snapshot(String hash) {
        var canonical = market.get("/v1/snapshots/" + hash).body().getBytes(StandardCharsets.UTF_8);
        assertThat(Sha256.hex(canonical)).isEqualTo(hash);
        return MarketSnapshot.parse(canonical);
    }

    private Parameters parameters() {
        var published = market.get("/v1/network").json().path("parameters");
        return Parameters.defaults()
                .with(JsonMapper.shared().convertValue(published, new TypeReference<Map<String, Object>>() {}));
    }
}
