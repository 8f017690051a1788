package io.streamsync.router.node;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Where a node takes WebSockets: on the host of its endpoint, for only that host's addresses were checked.
///
/// @param host the name for TLS
/// @param headers that the operator wants sent with the handshake
record WebSocketEndpoint(
        URI uri, boolean tls, String host, int port, List<InetSocketAddress> addresses, Map<String, String> headers) {

    private static final int LAST_PORT = 65_535;
    private static final String OF_THE_HANDSHAKE = "sec-websocket-";

    WebSocketEndpoint {
        addresses = List.copyOf(addresses);
        headers = Map.copyOf(headers);
    }

    /// Null when the node takes none that can be reached safely.
    ///
    /// @param given what the operator says; null: the endpoint on the next port (public interfaces, WebSocket)
    /// @param http the endpoint, whose addresses and headers were checked
    static @Nullable WebSocketEndpoint of(
            @Nullable String given, String endpoint, NodeEndpoint http, Map<String, String> headers) {
        var uri = given == null ? onTheNextPort(URI.create(endpoint), http) : parse(given);
        if (uri == null || !isOnTheSameHost(uri, URI.create(endpoint))) {
            return null;
        }
        var tls = "wss".equals(uri.getScheme());
        var port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
        if ((!tls && !"ws".equals(uri.getScheme())) || port < 1 || port > LAST_PORT) {
            return null;
        }
        return new WebSocketEndpoint(uri, tls, http.host(), port, addresses(http, port), own(headers));
    }

    private static @Nullable URI onTheNextPort(URI endpoint, NodeEndpoint http) {
        if (http.port() >= LAST_PORT) {
            return null;
        }
        var query = endpoint.getRawQuery() == null ? "" : "?" + endpoint.getRawQuery();
        return URI.create((http.tls() ? "wss://" : "ws://") + endpoint.getHost() + ":" + (http.port() + 1)
                + endpoint.getRawPath() + query);
    }

    private static @Nullable URI parse(String given) {
        try {
            return URI.create(given);
        } catch (IllegalArgumentException unreadable) {
            return null;
        }
    }

    private static boolean isOnTheSameHost(URI uri, URI endpoint) {
        return uri.getHost() != null && uri.getHost().equalsIgnoreCase(endpoint.getHost());
    }

    private static List<InetSocketAddress> addresses(NodeEndpoint http, int port) {
        return http.addresses().stream()
                .map(InetSocketAddress::getAddress)
                .map((InetAddress address) -> new InetSocketAddress(address, port))
                .toList();
    }

    private static Map<String, String> own(Map<String, String> headers) {
        var own = new TreeMap<>(headers);
        own.keySet().removeIf(name -> name.toLowerCase(Locale.ROOT).startsWith(OF_THE_HANDSHAKE));
        return own;
    }
}
