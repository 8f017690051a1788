package io.streamsync.onboarding.node;

import io.streamsync.outbound.OutboundHeaders;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a node is reached.
///
/// @param givenWebSocket null when the operator gave none: then it is the endpoint on the next port
/// @param addresses that the endpoint's host resolved to, all of them checked
public record Reach(URI endpoint, @Nullable URI givenWebSocket, OutboundHeaders headers, List<String> addresses) {

    private static final int LAST_PORT = 65_535;

    public Reach {
        addresses = addresses.stream().distinct().sorted().toList(); // name servers change the order with every answer
    }

    /// None when the endpoint is on the last port.
    public Optional<URI> webSocket() {
        return givenWebSocket == null ? nextPort(endpoint) : Optional.of(givenWebSocket);
    }

    /// The root of the endpoint's origin, where it says whose it is.
    public URI origin() {
        return URI.create(endpoint.getScheme() + "://" + endpoint.getRawAuthority());
    }

    public Reach at(List<String> resolved) {
        return new Reach(endpoint, givenWebSocket, headers, resolved);
    }

    /// Whether it says the same, whatever names resolve to at the moment.
    boolean leadsTo(Reach other) {
        return at(other.addresses()).equals(other);
    }

    private static Optional<URI> nextPort(URI endpoint) {
        boolean secure = "https".equalsIgnoreCase(endpoint.getScheme());
        int port = endpoint.getPort() == -1 ? (secure ? 443 : 80) : endpoint.getPort();
        if (port >= LAST_PORT) {
            return Optional.empty();
        }
        var query = endpoint.getRawQuery() == null ? "" : "?" + endpoint.getRawQuery();
        return Optional.of(URI.create((secure ? "wss" : "ws") + "://" + endpoint.getHost() + ":" + (port + 1)
                + endpoint.getRawPath() + query));
    }
}
