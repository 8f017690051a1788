package io.streamsync.router.publication;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Billing's internal interface, and what routers tell one another. No call blocks the caller; answers come on threads
/// of their own.
public final class BillingEndpoint implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(2);

    /// A call that takes longer is given up: its account waits.
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private static final Duration TOLD = Duration.ofSeconds(1);

    private final URI url;
    private final String credential;
    private final JsonMapper mapper;
    private final HttpClient http;

    BillingEndpoint(URI url, String credential, JsonMapper mapper, Executor executor) {
        this.url = url;
        this.credential = credential;
        this.mapper = mapper;
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .executor(executor)
                .build();
    }

    /// Completes with the answer, or exceptionally with [Refused], an `IOException`, or what the JSON lacked.
    public <T> CompletableFuture<T> post(String path, Object body, Class<T> answer) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(mapper.writeValueAsBytes(body))),
                answer);
    }

    /// Tells another router something that it is as well not to hear: nothing is known of whether it did, nor of
    /// whether there is such a place at all.
    public void tell(URI other, Object body) {
        var _ = CompletableFuture.completedFuture(other)
                .thenCompose(at -> http.sendAsync(
                        HttpRequest.newBuilder(at)
                                .timeout(TOLD)
                                .header("Authorization", credential)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(mapper.writeValueAsBytes(body)))
                                .build(),
                        HttpResponse.BodyHandlers.discarding()));
    }

    /// As [#post], without a body.
    public <T> CompletableFuture<T> get(String path, Class<T> answer) {
        return send(request(path).GET(), answer);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve(path)).timeout(ANSWER).header("Authorization", credential);
    }

    private <T> CompletableFuture<T> send(HttpRequest.Builder request, Class<T> answer) {
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(response -> read(response, answer));
    }

    private <T> T read(HttpResponse<byte[]> response, Class<T> answer) {
        if (response.statusCode() >= 300) {
            throw new Refused(response.statusCode(), response.uri().getPath(), detail(response.body()));
        }
        return mapper.readValue(response.body(), answer);
    }

    private String detail(byte[] problem) {
        try {
            return mapper.readTree(problem).path("detail").asString("");
        } catch (JacksonException notAProblem) {
            return "";
        }
    }

    /// Billing answered with an error.
    public static final class Refused extends RuntimeException {

        private final int status;
        private final String detail;

        Refused(int status, String path, String detail) {
            super("billing answered " + status + " to " + path + (detail.isEmpty() ? "" : ": " + detail));
            this.status = status;
            this.detail = detail;
        }

        /// What billing says of it, empty where it says nothing.
        String detail() {
            return detail;
        }

        /// Whether the same call can never succeed.
        public boolean isFinal() {
            return status >= 400 && status < 500 && !isConflict();
        }

        /// Whether it does not fit what billing knows now: of a start that another one may live, of a call for credit
        /// that the start which makes it is not the one that gets any.
        public boolean isConflict() {
            return status == 409;
        }
    }
}
