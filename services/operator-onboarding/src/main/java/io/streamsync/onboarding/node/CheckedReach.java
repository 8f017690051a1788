package io.streamsync.onboarding.node;

import io.streamsync.outbound.EndpointGuard;
import io.streamsync.outbound.EndpointVerdict;
import io.streamsync.outbound.EndpointVerdict.Allowed;
import io.streamsync.outbound.OutboundHeaders;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import java.net.InetAddress;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Turns what an operator says of its endpoint into a [Reach] that the guard allows.
@Component
class CheckedReach {

    private final EndpointGuard guard;

    CheckedReach(EndpointGuard guard) {
        this.guard = guard;
    }

    Reach of(String endpoint, @Nullable String webSocketEndpoint, Map<String, String> headers) {
        var checked = allowed(endpoint, false);
        var webSocket = webSocketEndpoint == null
                ? null
                : URI.create(allowed(webSocketEndpoint, true).uri().toString());
        var addresses =
                checked.addresses().stream().map(InetAddress::getHostAddress).toList();
        var reach = new Reach(checked.uri(), webSocket, headers(headers), addresses);
        reach.webSocket()
                .ifPresent(uri -> requireSameHost(
                        checked.uri(), allowed(uri.toString(), true).uri()));
        return reach;
    }

    /// Routers connect to the checked addresses, which are the endpoint's.
    private static void requireSameHost(URI endpoint, URI webSocket) {
        if (!endpoint.getHost().equalsIgnoreCase(webSocket.getHost())) {
            throw notAllowed("The WebSocket endpoint is on the same host as the endpoint.");
        }
    }

    private Allowed allowed(String url, boolean webSocket) {
        return switch (guard.check(url, webSocket)) {
            case Allowed allowed -> allowed;
            case EndpointVerdict.Refused(var reason) ->
                throw notAllowed(webSocket ? "WebSocket endpoint: " + reason : reason);
        };
    }

    private static OutboundHeaders headers(Map<String, String> headers) {
        try {
            return new OutboundHeaders(headers);
        } catch (IllegalArgumentException unsound) {
            throw notAllowed(String.valueOf(unsound.getMessage()));
        }
    }

    private static Refusal notAllowed(String reason) {
        return new Refusal(ProblemCode.ENDPOINT_NOT_ALLOWED, reason);
    }
}
