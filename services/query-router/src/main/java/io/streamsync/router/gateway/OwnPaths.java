package io.streamsync.router.gateway;

import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpMethod;

/// What the router serves itself, in front of WebFlux or by it: any other method there is not allowed. The document of
/// the public interfaces names the same.
final class OwnPaths {

    private static final Set<HttpMethod> GET = Set.of(HttpMethod.GET);
    private static final Set<HttpMethod> POST = Set.of(HttpMethod.POST);

    static final Map<String, Set<HttpMethod>> METHODS = Map.ofEntries(
            Map.entry("/", Set.of(HttpMethod.GET, HttpMethod.POST)),
            Map.entry("/v1/rpc", POST),
            Map.entry("/v1/rpc/{key:[A-Za-z0-9_-]+}", POST),
            Map.entry("/v1/quotes", POST),
            Map.entry("/v1/market", GET),
            Map.entry("/v1/market/stream", GET),
            Map.entry("/v1/network", GET),
            Map.entry("/v1/solana/accounts/{address}", GET),
            Map.entry("/v1/solana/accounts/{address}/balance", GET),
            Map.entry("/v1/solana/accounts/{address}/tokens", GET),
            Map.entry("/v1/solana/accounts/{address}/transactions", GET),
            Map.entry("/v1/solana/transactions/{signature}", GET),
            Map.entry("/v1/solana/blocks/{slot}", GET),
            Map.entry("/v1/solana/compressed-accounts/{hashOrAddress}", GET),
            Map.entry("/openapi.json", GET),
            Map.entry("/docs", GET),
            Map.entry("/docs/problems", GET));

    private OwnPaths() {}
}
