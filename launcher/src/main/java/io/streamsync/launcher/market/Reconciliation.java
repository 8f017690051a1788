package io.streamsync.launcher.market;

import io.streamsync.launcher.installation.Obstacle;
import io.streamsync.launcher.installation.Ports;
import io.streamsync.launcher.installation.Secrets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What billing found when it held its books against everything that they were made from.
///
/// @param answer as billing gave it
public record Reconciliation(JsonNode answer) {

    /// It reads all of the books.
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int OK = 200;

    /// @throws Obstacle when billing does not say
    public static Reconciliation now(Ports ports, Secrets secrets) {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + ports.billing() + "/internal/reconciliations"))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + secrets.serviceToken())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() != OK) {
                throw new Obstacle("billing cannot reconcile: it answers " + response.statusCode());
            }
            return new Reconciliation(JsonMapper.shared().readTree(response.body()));
        } catch (IOException | JacksonException e) {
            throw new Obstacle("billing does not answer: see ./streamsync status", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Obstacle("interrupted", e);
        }
    }

    public boolean fits() {
        return answer.path("fits").asBoolean(false);
    }

    public List<Check> checks() {
        return answer.path("checks").valueStream().map(Check::new).toList();
    }

    /// One thing that has to hold.
    public record Check(JsonNode answer) {

        public String name() {
            return answer.path("check").asString("");
        }

        public boolean fits() {
            return answer.path("fits").asBoolean(false);
        }

        public String why() {
            return "expected %s, found %s: %s".formatted(text("expected"), text("actual"), text("detail"));
        }

        private String text(String field) {
            var value = answer.path(field);
            return value.isString() ? value.asString() : value.toString();
        }
    }
}
