package io.streamsync.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/// A stranger's HTTP server in this process that does what the test says: it answers `{}` until told otherwise.
public final class ScriptedServer implements AutoCloseable {

    private final HttpServer server;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Request> seen = new CopyOnWriteArrayList<>();
    private volatile Reaction reaction = json("{}");

    public ScriptedServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::react);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/";
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public ScriptedServer answers(String json) {
        return reacts(json(json));
    }

    public ScriptedServer reacts(Reaction next) {
        reaction = next;
        return this;
    }

    /// Requests so far.
    public List<Request> seen() {
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }

    /// Never answers while the server is there.
    public Reaction silence() {
        return _ -> {
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

    public static Reaction json(String text) {
        return exchange -> {
            var bytes = text.getBytes(UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    private void react(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            seen.add(new Request(exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body));
            reaction.react(exchange);
        }
    }

    /// What was asked.
    public record Request(String path, Headers headers, String body) {}

    /// What the server does with a request that was read.
    @FunctionalInterface
    public interface Reaction {

        void react(HttpExchange exchange) throws IOException;
    }
}
