package io.streamsync.outbound;

import io.streamsync.outbound.EndpointVerdict.Allowed;
import io.streamsync.outbound.EndpointVerdict.Refused;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The one guard of URLs that strangers give: they lead to hosts of the public internet, or to ranges that the
/// installation names, and never to the installation itself.
public class EndpointGuard {

    private static final int LONGEST = 500;

    /// Dotted decimal without leading zeros: the one notation of IPv4 that everybody reads alike.
    private static final Pattern IPV4 =
            Pattern.compile("(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})");

    private static final Pattern NAME =
            Pattern.compile("(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))*\\.?");
    private static final Pattern NUMBER_AT_THE_END = Pattern.compile("(.*\\.)?(\\d+|0[xX][0-9A-Fa-f]*)\\.?");

    private static final String UNREADABLE_HOST =
            "The host is unreadable: give a name, an IPv4 address in dotted decimal, or an IPv6 address in brackets.";

    private final HostNames names;
    private final List<Cidr> allowed;
    private final Set<Integer> refusedPorts;

    EndpointGuard(HostNames names, OutboundProperties properties) {
        this.names = names;
        this.allowed = properties.allowed().stream().map(Cidr::parse).toList();
        this.refusedPorts = properties.refusedPorts();
    }

    /// @param webSocket whether a URL of WebSockets is expected
    public EndpointVerdict check(String url, boolean webSocket) {
        if (url.length() > LONGEST || !url.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            return new Refused("An endpoint has at most " + LONGEST + " characters, all of them visible ASCII.");
        }
        try {
            return check(new URI(url), webSocket);
        } catch (URISyntaxException unreadable) {
            return new Refused("The endpoint is not a URL.");
        }
    }

    private EndpointVerdict check(URI uri, boolean webSocket) {
        var scheme = uri.getScheme() == null ? Optional.<EndpointScheme>empty() : EndpointScheme.of(uri.getScheme());
        if (scheme.isEmpty() || scheme.get().isWebSocket() != webSocket) {
            return new Refused(
                    webSocket
                            ? "A WebSocket endpoint starts with ws:// or wss://."
                            : "An endpoint starts with http:// or https://.");
        }
        if (uri.getRawAuthority() == null || uri.getRawAuthority().contains("@")) {
            return new Refused("An endpoint names its host, and no user: send credentials as headers.");
        }
        if (uri.getRawFragment() != null) {
            return new Refused("An endpoint has no fragment (#).");
        }
        if (uri.getHost() == null) {
            return new Refused(UNREADABLE_HOST);
        }
        int port = uri.getPort() == -1 ? scheme.get().defaultPort() : uri.getPort();
        return switch (resolve(uri.getHost(), port)) {
            case Resolution.Found(var addresses) -> new Allowed(inLowerCase(scheme.get(), uri), addresses);
            case Resolution.NotAllowed(var reason) -> new Refused(reason);
        };
    }

    /// Routers know the schemes as they are usually written.
    private static URI inLowerCase(EndpointScheme scheme, URI uri) {
        return URI.create(scheme.text() + uri.toString().substring(scheme.text().length()));
    }

    /// What is connected to must come from here: every address of the host, if all of them are allowed.
    Resolution resolve(String host, int port) {
        if (port < 1 || port > 65_535) {
            return new Resolution.NotAllowed("A port is 1 to 65535.");
        }
        try {
            var addresses = addresses(host);
            return addresses.stream()
                    .flatMap(address -> objection(host, address, port).stream())
                    .findFirst()
                    .<Resolution>map(Resolution.NotAllowed::new)
                    .orElseGet(() -> new Resolution.Found(addresses));
        } catch (UnknownHostException unknown) {
            return new Resolution.NotAllowed("The host does not resolve: " + unknown.getMessage() + ".");
        } catch (IllegalArgumentException unreadable) {
            return new Resolution.NotAllowed(UNREADABLE_HOST);
        }
    }

    /// The network that operators must not share unnoticed (protocol, Actors); none in ranges allowed by name.
    public Optional<String> network(String address) {
        var literal = InetAddress.ofLiteral(address);
        if (isAllowedByName(literal)) {
            return Optional.empty();
        }
        return Optional.of(
                Cidr.around(literal, literal instanceof Inet4Address ? 24 : 48).toString());
    }

    private List<InetAddress> addresses(String host) throws UnknownHostException {
        if (host.contains(":")) {
            return List.of(ipv6(host.replaceAll("^\\[|]$", "")));
        }
        if (NUMBER_AT_THE_END.matcher(host).matches()) {
            return List.of(ipv4(host));
        }
        if (!NAME.matcher(host).matches()) {
            throw new IllegalArgumentException(host);
        }
        return names.addresses(host);
    }

    private static InetAddress ipv4(String host) {
        if (!IPV4.matcher(host).matches()) {
            throw new IllegalArgumentException(host);
        }
        return InetAddress.ofLiteral(host);
    }

    /// An IPv4 address in the clothes of IPv6 comes back as what it is: nobody needs that notation.
    private static InetAddress ipv6(String host) {
        var address = InetAddress.ofLiteral(host);
        if (host.contains("%") || address instanceof Inet4Address) {
            throw new IllegalArgumentException(host);
        }
        return address;
    }

    private Optional<String> objection(String host, InetAddress address, int port) {
        if (refusedPorts.contains(port) && isOfThisMachine(address)) {
            return Optional.of("The port " + port + " belongs to this installation itself.");
        }
        if (isAllowedByName(address)) {
            return Optional.empty();
        }
        return SpecialRange.kindOf(address)
                .map(kind -> "The host %s leads to %s, which is %s: a public address is needed."
                        .formatted(host, address.getHostAddress(), kind));
    }

    private boolean isAllowedByName(InetAddress address) {
        return allowed.stream().anyMatch(range -> range.contains(address));
    }

    private static boolean isOfThisMachine(InetAddress address) {
        try {
            return address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return true; // better one node refused than an own port reached
        }
    }

    /// The addresses of a host and port, or why it must not be called.
    sealed interface Resolution {

        record Found(List<InetAddress> addresses) implements Resolution {}

        record NotAllowed(String reason) implements Resolution {}
    }
}
