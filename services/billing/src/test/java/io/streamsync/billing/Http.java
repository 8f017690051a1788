package io.streamsync.billing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// Calls the service as a client would.
@TestComponent
public class Http {

    private final HttpClient client = HttpClient.newHttpClient();
    private final Environment environment;

    Http(Environment environment) {
        this.environment = environment;
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    public Answer post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    public Answer delete(String path, String... headers) {
        return send("DELETE", path, null, headers);
    }

    public Answer patch(String path, String body, String... headers) {
        return send("PATCH", path, body, headers);
    }

    public Answer put(String path, String body, String... headers) {
        return send("PUT", path, body, headers);
    }

    public Answer internal(String path) {
        return get(path, "Authorization", "Bearer " + BillingTest.SERVICE_TOKEN);
    }

    public Answer internal(String path, String body) {
        return post(path, body, "Authorization", "Bearer " + BillingTest.SERVICE_TOKEN);
    }

    /// A run of the reconciliation of one's own: another one may be on.
    public Answer reconcile() {
        return Awaitility.await()
                .until(() -> internal("/internal/reconciliations", "{}"), answer -> answer.status() != 503);
    }

    /// What the stakers' pool lacks by the reconciliation: other tests end windows of which no settlement knows.
    public long stakersMissing() {
        for (var check : reconcile().json().path("checks")) {
            if (check.path("check").asString().equals("stakers")) {
                return check.path("expected").asLong() - check.path("actual").asLong();
            }
        }
        throw new AssertionError("no such check");
    }

    /// A new account with that much sandbox money.
    public Customer customer(String usdc) {
        var opened = post("/v1/accounts", "{}").json();
        var customer = new Customer(
                opened.path("accountId").asString(),
                opened.path("apiKey").asString(),
                opened.path("managementKey").asString());
        if (!"0".equals(usdc)) {
            var deposited = post(
                    "/v1/account/deposits",
                    "{\"asset\":\"USDC\",\"amount\":\"" + usdc + "\",\"rail\":\"sandbox\"}",
                    customer.manage());
            if (deposited.status() != 201) {
                throw new IllegalStateException(deposited.body());
            }
        }
        return customer;
    }

    private Answer send(String method, String path, @Nullable String body, String... headers) {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + environment.getRequiredProperty("local.server.port") + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(response);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// What came back.
    public record Answer(HttpResponse<String> response) {

        public int status() {
            return response.statusCode();
        }

        public String body() {
            return response.body();
        }

        public JsonNode json() {
            return body().isEmpty()
                    ? MissingNode.getInstance()
                    : JsonMapper.shared().readTree(body());
        }

        public String text(String field) {
            return json().path(field).asString();
        }

        /// Status and problem code.
        public String problem() {
            return status() + " " + text("code");
        }
    }

    /// A customer with its keys.
    public record Customer(String id, String apiKey, String managementKey) {

        public String[] ask() {
            return new String[] {"X-API-Key", apiKey};
        }

        public String[] manage() {
            return new String[] {"Authorization", "Bearer " + managementKey};
        }
    }
}
