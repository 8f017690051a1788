package io.streamsync.router;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.Executors;

/// A service behind the edge, as far as the way there goes: it says who it is and what was asked of it, and has an
/// opinion of its own on other origins.
final class EchoService {

    private final HttpServer server;

    EchoService(String name) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> echo(exchange, name));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    static void echo(HttpExchange exchange, String name) throws IOException {
        var uri = exchange.getRequestURI();
        exchange.getResponseHeaders().add("Access-Control-Allow-Origin", "https://only.example");
        exchange.getResponseHeaders().add("Access-Control-Allow-Credentials", "true");
        var status = uri.getPath().endsWith("/missing") ? 404 : 200;
        ScriptedBilling.reply(
                exchange,
                status,
                Map.of("service", name, "method", exchange.getRequestMethod(), "path", uri.toString()));
    }
}
