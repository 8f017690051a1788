package io.streamsync.onboarding;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;

/// The other service that keeps the books, as far as this one asks it.
public class ScriptedBilling implements DisposableBean {

    private final HttpServer server;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Answer answer = new Answer(200, "{}");
    private volatile @Nullable String asked;
    private volatile @Nullable String credential;
    private volatile String told = "";

    ScriptedBilling() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::react);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public void answers(int status, String body) {
        answer = new Answer(status, body);
    }

    /// Takes requests and never answers them.
    public void fallsSilent() {
        answer = new Answer(0, "");
    }

    /// Path and query of the last request, as they came.
    public @Nullable String asked() {
        return asked;
    }

    /// The body of the last request.
    public String told() {
        return told;
    }

    /// What the last request's caller showed.
    public @Nullable String credential() {
        return credential;
    }

    @Override
    public void destroy() {
        closed.countDown();
        server.stop(0);
    }

    private void react(HttpExchange exchange) throws IOException {
        told = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        asked = exchange.getRequestURI().toString();
        credential = exchange.getRequestHeaders().getFirst("authorization");
        var said = answer;
        if (said.status() == 0) {
            awaitEnd();
            return;
        }
        var bytes = said.body().getBytes(UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(said.status(), bytes.length == 0 ? -1 : bytes.length);
        try (var body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }

    private void awaitEnd() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Answer(int status, String body) {}
}
