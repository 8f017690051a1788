package io.streamsync.router.node;

import io.streamsync.protocol.market.NodeId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Where a node listens: the checked addresses and no others, with everything of a request that never changes.
///
/// @param host the name for TLS
/// @param head request line and headers up to the value of Content-Length
record NodeEndpoint(NodeId nodeId, boolean tls, String host, int port, List<InetSocketAddress> addresses, String head) {

    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]{0,4096}");
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.%]+");

    /// What frames a message or belongs to one hop is the router's own.
    private static final Set<String> REFUSED_HEADERS = Set.of(
            "host",
            "connection",
            "content-length",
            "content-type",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "keep-alive",
            "expect",
            "proxy-authorization",
            "proxy-connection",
            "accept-encoding");

    NodeEndpoint {
        addresses = List.copyOf(addresses);
    }

    /// @throws IllegalArgumentException when nothing can be reached safely by these
    static NodeEndpoint of(NodeId nodeId, String endpoint, List<String> addresses, Map<String, String> headers) {
        var url = URI.create(endpoint);
        var tls = "https".equals(url.getScheme());
        var host = url.getHost();
        if (host == null || (!tls && !"http".equals(url.getScheme())) || addresses.isEmpty()) {
            throw new IllegalArgumentException("an endpoint is an http or https URL with checked addresses");
        }
        var port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
        var checked = addresses.stream()
                .map(NodeEndpoint::literal)
                .map(address -> new InetSocketAddress(address, port))
                .toList();
        var plainHost = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new NodeEndpoint(nodeId, tls, plainHost, port, checked, head(url, headers));
    }

    private static String head(URI url, Map<String, String> headers) {
        var path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        var query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        var host = url.getPort() >= 0 ? url.getHost() + ":" + url.getPort() : url.getHost();
        var head = new StringBuilder("POST " + path + query + " HTTP/1.1\r\nHost: " + host
                + "\r\nContent-Type: application/json\r\nAccept: application/json\r\n");
        new TreeMap<>(headers)
                .forEach((name, value) -> head.append(requireAllowed(name))
                        .append(": ")
                        .append(requireVisible(value))
                        .append("\r\n"));
        return requireAscii(head.append("Content-Length: ").toString());
    }

    /// Never a look-up: a name that resolves elsewhere than what was checked is how the inside of a network is reached.
    private static InetAddress literal(String address) {
        if (!ADDRESS.matcher(address).matches()) {
            throw new IllegalArgumentException("not an IP address");
        }
        try {
            return InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not an IP address", e);
        }
    }

    private static String requireAllowed(String name) {
        if (!HEADER_NAME.matcher(name).matches() || REFUSED_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("not a header that a node may ask for: " + name);
        }
        return name;
    }

    private static String requireVisible(String value) {
        if (!HEADER_VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("not the value of a header");
        }
        return value;
    }

    private static String requireAscii(String head) {
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(head)) {
            throw new IllegalArgumentException("an endpoint is written in ASCII");
        }
        return head;
    }
}
