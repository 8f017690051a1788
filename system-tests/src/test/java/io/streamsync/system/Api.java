package io.streamsync.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The public interfaces as any program would use them: plain HTTP.
///
/// @param described whether answers are held against the document of the public interfaces
record Api(URI url, String token, boolean described) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final JsonMapper JSON = JsonMapper.shared();

    /// A server beside the market.
    Api(URI url) {
        this(url, "", false);
    }

    static Api ofMarket(int port) {
        return new Api(URI.create("http://127.0.0.1:" + port), "", true);
    }

    Api as(String bearer) {
        return new Api(url, bearer, described);
    }

    Reply get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    /// All items of a list, page by page.
    List<JsonNode> items(String path) {
        var items = new ArrayList<JsonNode>();
        var next = "";
        do {
            var page = get(path + (path.contains("?") ? "&" : "?") + "limit=500" + next)
                    .json();
            page.path("items").forEach(items::add);
            var cursor = page.path("nextCursor");
            next = cursor.isString() ? "&cursor=" + cursor.asString() : "";
        } while (!next.isEmpty());
        return items;
    }

    Reply post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    Reply send(String method, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        for (int at = 0; at < headers.length; at += 2) {
            request.header(headers[at], headers[at + 1]);
        }
        try {
            var reply = new Reply(HTTP.send(request.build(), BodyHandlers.ofString()));
            if (described) {
                Contract.check(method, path, reply);
            }
            return reply;
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// One JSON-RPC query with params as JSON text.
    Reply query(String method, String params, String... headers) {
        return post(
                "/",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":%s}".formatted(method, params),
                headers);
    }

    /// What came back.
    record Reply(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String body() {
            return response.body();
        }

        JsonNode json() {
            return JSON.readTree(response.body());
        }

        String text(String pointer) {
            return json().at(pointer).asString();
        }

        /// A header `X-StreamSync-NAME`, or the empty text.
        String header(String name) {
            return response.headers().firstValue("X-StreamSync-" + name).orElse("");
        }
    }
}
