package io.streamsync.outbound;

import io.streamsync.outbound.EndpointGuard.Resolution;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/// Gives the HTTP client the addresses that the guard checked, and no others: a name cannot change between check and
/// connection.
class GuardedNames implements DnsResolver {

    private final EndpointGuard guard;

    GuardedNames(EndpointGuard guard) {
        this.guard = guard;
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        return switch (guard.resolve(host, port)) {
            case Resolution.Found(var addresses) ->
                addresses.stream()
                        .map(address -> new InetSocketAddress(address, port))
                        .toList();
            case Resolution.NotAllowed(var reason) -> throw new NotAllowedException(reason);
        };
    }

    @Override
    public InetAddress[] resolve(String host) {
        throw new UnsupportedOperationException("a host is checked together with its port");
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    static class NotAllowedException extends UnknownHostException {

        NotAllowedException(String reason) {
            super(reason);
        }
    }
}
