package io.streamsync.router;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Billing as far as a router talks to it: incarnations, and leases from balances that the test sets.
final class ScriptedBilling implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;
    private final AtomicInteger incarnations = new AtomicInteger();
    private final Map<String, Long> balances = new ConcurrentHashMap<>();
    private final Map<String, Long> available = new ConcurrentHashMap<>();
    private final Map<String, Long> granted = new ConcurrentHashMap<>();
    private final Map<String, Long> largest = new ConcurrentHashMap<>();
    private final Map<String, Long> caps = new ConcurrentHashMap<>();
    private final List<String> unlucky = new ArrayList<>();
    private final Map<String, SharedCredit> shared = new ConcurrentHashMap<>();
    private final Map<Integer, String> routers = new ConcurrentHashMap<>();
    private volatile @Nullable Map<String, ?> activity;

    ScriptedBilling() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/internal/routers/", exchange -> reply(exchange, 201, incarnation()));
        server.createContext("/internal/leases", this::leases);
        server.createContext("/internal/market/activity", this::activity);
        server.createContext("/v1/", exchange -> EchoService.echo(exchange, "billing"));
        server.createContext("/v1/account/breaks-off", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.close();
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void owns(String accountId, long nano) {
        balances.put(accountId, nano);
        available.put(accountId, nano);
    }

    /// What leases of this key get in all.
    void caps(String keyId, long nano) {
        caps.put(keyId, nano);
    }

    /// How much of the account's credit is out.
    long leased(String accountId) {
        return balances.getOrDefault(accountId, 0L) - available.getOrDefault(accountId, 0L);
    }

    /// No lease of this account grows by more at a time.
    void grantsAtMost(String accountId, long nano) {
        largest.put(accountId, nano);
    }

    /// The account's credit is shared out among routers as the service does it.
    SharedCredit shares(String accountId, long nano) {
        var credit = new SharedCredit(nano);
        shared.put(accountId, credit);
        return credit;
    }

    /// Where a router answers others: tests have it listen anywhere.
    void answersAt(int router, String url) {
        routers.put(router, url);
    }

    void forgets(int router) {
        routers.remove(router);
    }

    /// Billing says nothing of this account.
    void isSilentAbout(String accountId) {
        unlucky.add(accountId);
    }

    /// What billing tells of the last day; null: nothing, it fails.
    void tellsActivity(@Nullable Map<String, ?> told) {
        activity = told;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void activity(HttpExchange exchange) throws IOException {
        var told = activity;
        var authorized = "Bearer test-token".equals(exchange.getRequestHeaders().getFirst("Authorization"));
        reply(exchange, told != null && authorized ? 200 : 503, told == null ? Map.of() : told);
    }

    private Map<String, Object> incarnation() {
        return Map.of("incarnation", incarnations.incrementAndGet(), "unposted", List.of());
    }

    private void leases(HttpExchange exchange) throws IOException {
        var call = JSON.readTree(exchange.getRequestBody());
        var grants = new ArrayList<Map<String, Object>>();
        for (var request : call.path("requests")) {
            if (!unlucky.contains(request.path("accountId").asString())) {
                grants.add(grant(call.path("routerId").asInt(), request));
            }
        }
        var stream = Map.of("incarnation", call.path("incarnation").asInt(), "nextPosition", 0);
        var live = routers.entrySet().stream()
                .map(router -> Map.of("routerId", router.getKey(), "internalUrl", router.getValue()))
                .toList();
        reply(exchange, 200, Map.of("streams", List.of(stream), "liveRouters", 1, "routers", live, "grants", grants));
    }

    private synchronized Map<String, Object> grant(int router, JsonNode request) {
        var account = request.path("accountId").asString();
        var credit = shared.get(account);
        if (credit != null) {
            return credit.grant(router, Math.max(1, routers.size()), request);
        }
        var cap = request.path("keyId").isString()
                ? caps.get(request.path("keyId").asString())
                : null;
        var left = Math.min(available.getOrDefault(account, 0L), cap == null ? Long.MAX_VALUE : cap);
        var leaseId = request.path("leaseId").isString()
                ? request.path("leaseId").asString()
                : UUID.randomUUID().toString();
        var grant = new HashMap<String, Object>();
        grant.put("requestId", request.path("requestId").asString());
        grant.put("accountId", account);
        grant.put("leaseId", leaseId);
        if (!available.containsKey(account)) {
            grant.put("outcome", "UNKNOWN_ACCOUNT");
        } else if (left == 0) {
            grant.put("outcome", cap == null ? "NOTHING_LEFT" : "CAP_REACHED");
        } else {
            grant.put("outcome", "GRANTED");
            var more = Math.min(left, largest.getOrDefault(account, left));
            granted.merge(leaseId, more, Long::sum);
            available.merge(account, -more, Long::sum);
            if (cap != null) {
                caps.put(request.path("keyId").asString(), cap - more);
            }
        }
        if (cap != null) {
            grant.put("unspent", Long.toString(left));
            grant.put("endsInMillis", 3_600_000);
        }
        grant.put("granted", Long.toString(granted.getOrDefault(leaseId, 0L)));
        grant.put("balance", Long.toString(balances.getOrDefault(account, 0L)));
        return grant;
    }

    static void reply(HttpExchange exchange, int status, Map<String, ?> body) throws IOException {
        try (exchange) {
            var bytes = JSON.writeValueAsString(body).getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
