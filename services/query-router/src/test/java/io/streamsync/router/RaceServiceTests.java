package io.streamsync.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Races as the started router runs them, beyond what customers see of them.
class RaceServiceTests extends StartedRouter {

    @Test
    void keepsWhatWasAskedAndSaidForBilling() {
        var race = race(rpc(RICH, call("\"my id\"", "getBalance", "[\"kept\"]")));

        var payload =
                Awaitility.await().until(() -> payload(race, "test-token"), response -> response.statusCode() == 200);

        var json = JSON.readTree(payload.body());
        assertThat(json.path("request").toString())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"my id\",\"method\":\"getBalance\",\"params\":[\"kept\"]}");
        assertThat(json.path("answers").size()).isEqualTo(5);
        assertThat(json.path("answers").path(0).path("operatorId").asString()).startsWith("op");
        assertThat(json.path("answers").path(0).path("answer").toString())
                .isEqualTo("{\"context\":{\"slot\":90},\"value\":7}");
    }

    @Test
    void showsPrivatePartsToServicesAloneAndNeverAtTheEdge() {
        var race = race(balance(RICH));
        Awaitility.await().until(() -> payload(race, "test-token").statusCode() == 200);

        assertThat(payload(race, null).statusCode()).isEqualTo(401);
        assertThat(payload(race, "another").statusCode()).isEqualTo(401);
        assertThat(payload(UUID.randomUUID().toString().replace("-", ""), "test-token")
                        .statusCode())
                .isEqualTo(404);
        assertThat(get("/internal/races/" + race + "/payload").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> payload(String race, @Nullable String token) {
        var request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + managementPort + "/internal/races/" + race + "/payload"));
        return send(token == null ? request : request.header("Authorization", "Bearer " + token));
    }
}
