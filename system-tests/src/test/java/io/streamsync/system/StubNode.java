package io.streamsync.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A node that costs next to nothing: knows the few methods that admission and the stories of faults ask for,
/// answers as every other one does, and now and then late or wrong; one address it never answers for.
final class StubNode implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String HASH = "4uQeVj5tqViQh7yWWGStvkEG1Zmhx6uasJtWCJziofM";
    private static final long SLOT_MILLIS = 400;

    /// An address of which no node knows anything: who asks for it gets no answer.
    static final String SILENT = "Stake11111111111111111111111111111111111111";

    /// Of every other address.
    private static final int BALANCE = 1;

    /// What one that lies says instead.
    private static final int WRONG_BALANCE = 2;

    /// Each node lies in one of so many races, all alike: whoever is wrong much more often than the others is found out
    /// and asked no more. The rarer lies are, the sooner chance does that to somebody (decision 52).
    private static final int WRONG_ONE_IN = 30;

    private final int number;
    private final HttpServer server;
    private final Duration slowest;
    private volatile String operatorId = "";
    private volatile boolean lies;

    /// @param number its own, below [#WRONG_ONE_IN]
    /// @param slowest an answer takes up to so long
    StubNode(int number, Duration slowest) {
        this.number = number;
        this.slowest = slowest;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.createContext("/.well-known/streamsync", this::proveControl);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void belongsTo(String operator) {
        operatorId = operator;
    }

    /// From here on: whoever comes in is examined.
    void lie() {
        lies = true;
    }

    /// Whether a balance is what every node says that does not lie.
    static boolean isRight(JsonNode reply) {
        return reply.at("/result/value").asInt(0) == BALANCE;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void proveControl(HttpExchange exchange) throws IOException {
        reply(exchange, "{\"operatorId\":\"" + operatorId + "\"}");
    }

    private void answer(HttpExchange exchange) throws IOException {
        var call = JSON.readTree(exchange.getRequestBody().readAllBytes());
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1 + slowest.toNanos()));
        if (SILENT.equals(call.at("/params/0").asString(""))) {
            try (exchange) {
                exchange.sendResponseHeaders(500, -1);
            }
            return;
        }
        reply(exchange, "{\"jsonrpc\":\"2.0\",\"result\":" + result(call) + ",\"id\":" + call.path("id") + "}");
    }

    private String result(JsonNode call) {
        return switch (call.path("method").asString()) {
            case "getHealth" -> "\"ok\"";
            case "getVersion" -> "{\"feature-set\":1,\"solana-core\":\"3.1.0\"}";
            case "getSlot" -> Long.toString(slot());
            case "getBlockHeight" -> Long.toString(slot() - 1);
            case "getGenesisHash" -> "\"" + HASH + "\"";
            case "getMinimumBalanceForRentExemption" -> "2039280";
            case "getLatestBlockhash" ->
                inContext("{\"blockhash\":\"" + HASH + "\",\"lastValidBlockHeight\":" + (slot() + 150) + "}");
            default -> inContext(Integer.toString(isLie(call) ? WRONG_BALANCE : BALANCE));
        };
    }

    /// No two nodes lie in one race, which they know by its number.
    private boolean isLie(JsonNode call) {
        return lies && call.path("id").asLong() % WRONG_ONE_IN == number;
    }

    private static String inContext(String value) {
        return "{\"context\":{\"apiVersion\":\"3.1.0\",\"slot\":" + slot() + "},\"value\":" + value + "}";
    }

    /// Of all nodes alike.
    private static long slot() {
        return System.currentTimeMillis() / SLOT_MILLIS;
    }

    private static void reply(HttpExchange exchange, String json) throws IOException {
        var body = json.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
