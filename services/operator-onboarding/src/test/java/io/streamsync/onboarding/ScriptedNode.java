package io.streamsync.onboarding;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A node in this process that does what the test says: an honest one until told otherwise.
public class ScriptedNode implements AutoCloseable {

    public static final String GENESIS = "5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d";
    public static final String OTHER_GENESIS = "EtWTRABZaYq6iMfeYKouRu166VU2xqa1wcaWoxPkrZBG";

    private final HttpServer server;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, Supplier<String>> results = new ConcurrentHashMap<>();
    private final Map<String, Reaction> reactions = new ConcurrentHashMap<>();
    private final List<HttpExchange> seen = new CopyOnWriteArrayList<>();
    private volatile String wellKnown = "{}";

    public ScriptedNode() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.createContext(
                "/.well-known/streamsync", exchange -> react("/.well-known/streamsync", exchange, wellKnown));
        server.start();
        answers("getHealth", "\"ok\"");
        answers("getVersion", "{\"solana-core\":\"4.5.0\",\"feature-set\":1}");
        answers("getBalance", "{\"context\":{\"slot\":1000},\"value\":1}");
        answers(
                "getLatestBlockhash",
                "{\"context\":{\"slot\":1000},\"value\":{\"blockhash\":\"" + GENESIS
                        + "\",\"lastValidBlockHeight\":1150}}");
        answers("getMinimumBalanceForRentExemption", "2039280");
        answers("getSlot", "1000");
        answers("getGenesisHash", "\"" + GENESIS + "\"");
        answers("getIdentity", "{\"identity\":\"" + TestWallet.create().address() + "\"}");
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/";
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public ScriptedNode says(String operatorId) {
        wellKnown = "{\"operatorId\":\"" + operatorId + "\"}";
        return this;
    }

    public ScriptedNode answers(String method, String result) {
        results.put(method, () -> result);
        return this;
    }

    /// At a method, or at `/.well-known/streamsync`.
    public ScriptedNode reacts(String where, Reaction reaction) {
        reactions.put(where, reaction);
        return this;
    }

    /// Requests so far.
    public List<HttpExchange> seen() {
        return seen;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }

    /// Never answers while the node is there.
    public Reaction silence() {
        return exchange -> {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    public static Reaction redirect(String location) {
        return exchange -> {
            exchange.getResponseHeaders().set("location", location);
            exchange.sendResponseHeaders(302, -1);
        };
    }

    public static Reaction status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    /// A JSON string of so many bytes.
    public static Reaction body(int size) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var body = exchange.getResponseBody()) {
                body.write(("\"" + "x".repeat(size - 2) + "\"").getBytes(UTF_8));
            }
        };
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode request = JsonMapper.shared().readTree(exchange.getRequestBody());
        var method = request.path("method").asString("");
        var result = results.getOrDefault(method, () -> "null").get();
        react(method, exchange, "{\"jsonrpc\":\"2.0\",\"id\":" + request.path("id") + ",\"result\":" + result + "}");
    }

    private void react(String where, HttpExchange exchange, String otherwise) throws IOException {
        seen.add(exchange);
        try (exchange) {
            var reaction = reactions.get(where);
            if (reaction != null) {
                reaction.react(exchange);
                return;
            }
            var bytes = otherwise.getBytes(UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /// What a node does instead of answering.
    @FunctionalInterface
    public interface Reaction {

        void react(HttpExchange exchange) throws IOException;
    }
}
