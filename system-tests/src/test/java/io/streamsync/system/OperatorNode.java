package io.streamsync.system;

import static io.streamsync.system.OperatorWallet.body;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// A node of one's own on the devnet, behind a proxy that keeps what the node is asked, as every operator can.
final class OperatorNode implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<byte[]> asked = new CopyOnWriteArrayList<>();
    private final int port;
    private final Process node;
    private final HttpServer proxy;
    private volatile String operatorId = "";

    private OperatorNode(int port, Process node, HttpServer proxy) {
        this.port = port;
        this.node = node;
        this.proxy = proxy;
    }

    /// @param port of the proxy; the node takes the two after the next
    static OperatorNode start(int port) throws IOException {
        var process = new ProcessBuilder(
                        "node",
                        "devnet/node.mjs",
                        "--port",
                        Integer.toString(port + 2),
                        "--sequencer",
                        "http://127.0.0.1:" + (Market.PORT_BASE + 98))
                .directory(Market.REPOSITORY.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        Redirect.to(Market.HOME.resolveSibling("newcomer.log").toFile()))
                .start();
        var proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        var node = new OperatorNode(port, process, proxy);
        proxy.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        proxy.createContext("/", node::passOn);
        proxy.createContext("/.well-known/streamsync", node::proveControl);
        proxy.start();
        return node;
    }

    String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    void belongsTo(String operator) {
        operatorId = operator;
    }

    /// The bytes of all requests whose body holds the text.
    List<byte[]> askedAbout(String text) {
        return asked.stream()
                .filter(request -> new String(request, StandardCharsets.UTF_8).contains(text))
                .toList();
    }

    @Override
    public void close() {
        proxy.stop(0);
        node.destroy();
        node.onExit().join();
    }

    private void passOn(HttpExchange exchange) throws IOException {
        var request = exchange.getRequestBody().readAllBytes();
        asked.add(request);
        try {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + (port + 2)))
                            .header("Content-Type", "application/json")
                            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(request))
                            .build(),
                    BodyHandlers.ofByteArray());
            reply(exchange, answer.statusCode(), answer.body());
        } catch (IOException nodeIsNotUpYet) {
            reply(exchange, 502, new byte[0]);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.close();
        }
    }

    private void proveControl(HttpExchange exchange) throws IOException {
        reply(exchange, 200, body().put("operatorId", operatorId).toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
