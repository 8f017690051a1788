package io.streamsync.onboarding;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// The operator portal over HTTP.
public class Portal {

    private final HttpClient http = HttpClient.newHttpClient();
    private final Environment environment;
    private final JdbcClient jdbc;

    Portal(Environment environment, JdbcClient jdbc) {
        this.environment = environment;
        this.jdbc = jdbc;
    }

    /// Takes the market back to its first day. A round of checks that is still running may hold what this
    /// wants, and want what this holds: PostgreSQL ends one of the two, and this one tries again.
    public void clear() {
        Awaitility.await()
                .ignoreException(PessimisticLockingFailureException.class)
                .until(() ->
                        jdbc.sql("truncate operator, idempotent_answer cascade").update() >= 0);
    }

    public Reply get(String path, @Nullable String token) {
        return send(request(path, token));
    }

    public Reply delete(String path, @Nullable String token) {
        return send(request(path, token).DELETE());
    }

    public Reply post(String path, @Nullable String token, Object body) {
        return send("POST", path, token, body, Map.of());
    }

    public Reply send(String method, String path, @Nullable String token, Object body, Map<String, String> headers) {
        var json = body instanceof String text ? text : JsonMapper.shared().writeValueAsString(body);
        var request = request(path, token).method(method, BodyPublishers.ofString(json));
        headers.forEach(request::header);
        return send(request);
    }

    public Applicant applicant() {
        return applicant(TestWallet.create());
    }

    public Applicant applicant(TestWallet wallet) {
        return new Applicant(this, wallet);
    }

    private HttpRequest.Builder request(String path, @Nullable String token) {
        var port = environment.getProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("content-type", "application/json");
        return token == null ? request : request.header("authorization", "Bearer " + token);
    }

    private Reply send(HttpRequest.Builder request) {
        try {
            return Reply.of(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
