package io.streamsync.launcher.demo;

import io.streamsync.launcher.installation.Obstacle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The public API as any client would call it.
///
/// @param token an API key, a management key or a session's token; empty for what needs none
record Api(String url, String token) {

    static final JsonMapper JSON = JsonMapper.shared();

    /// A query may take its deadline of 10 s.
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    Api as(String otherToken) {
        return new Api(url, otherToken);
    }

    JsonNode get(String path) {
        return answer("GET", path, Map.of()).expected();
    }

    JsonNode post(String path, Object body) {
        return answer("POST", path, body).expected();
    }

    JsonNode put(String path, Object body) {
        return answer("PUT", path, body).expected();
    }

    /// Whatever the API answers, also a refusal.
    ApiAnswer answer(String method, String path, Object body) {
        var request = request(path).header("Idempotency-Key", UUID.randomUUID().toString());
        request.method(
                method,
                method.equals("GET")
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofString(JSON.writeValueAsString(body)));
        var response = send(request.build());
        return new ApiAnswer(method + " " + path, response.statusCode(), read(method + " " + path, response.body()));
    }

    /// A JSON-RPC query; the headers are the customer's wishes.
    HttpResponse<String> query(String body, Map<String, String> headers) {
        var request = request("/").POST(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return send(request.build());
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json");
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new Obstacle(request.method() + " " + request.uri() + " was not answered: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Obstacle("interrupted", e);
        }
    }

    private static JsonNode read(String what, String body) {
        try {
            return body.isBlank() ? JSON.createObjectNode() : JSON.readTree(body);
        } catch (JacksonException e) {
            throw new Obstacle(what + " answered something that is not JSON: " + body, e);
        }
    }
}
