package io.streamsync.launcher.market;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Stands in for every service: healthy from the first moment, with books that do not fit. With `FAIL_START` in
/// the environment operator-onboarding ends like a service that cannot start.
public final class StandIn {

    private static final String FOUND = """
            {"at":"2026-11-22T12:00:00Z","fits":false,"checks":[
              {"check":"balances","fits":true,"expected":"1","actual":"1","detail":""},
              {"check":"leases","fits":false,"expected":"3","actual":"5","detail":"customer:a:leased"}]}""";

    private StandIn() {}

    public static void main(String[] arguments) throws IOException {
        var environment = System.getenv();
        if (environment.containsKey("FAIL_START") && isOnboarding(environment)) {
            System.out.println("the reason why it cannot start");
            System.exit(7);
        }
        var port = environment.getOrDefault("MANAGEMENT_SERVER_PORT", environment.get("SERVER_PORT"));
        var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), Integer.parseInt(port));
        var server = HttpServer.create(address, 0);
        server.createContext("/actuator/health", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.createContext("/internal/reconciliations", exchange -> {
            var shown = exchange.getRequestHeaders().getFirst("Authorization");
            var known = ("Bearer " + environment.get("STREAMSYNC_SERVICE_TOKEN")).equals(shown);
            var answer = FOUND.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 401, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    private static boolean isOnboarding(Map<String, String> environment) {
        return environment.containsKey("STREAMSYNC_REFUSED_PORTS") && environment.containsKey("STREAMSYNC_BILLING_URL");
    }
}
