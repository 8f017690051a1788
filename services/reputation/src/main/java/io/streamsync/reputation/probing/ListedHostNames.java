package io.streamsync.reputation.probing;

import io.streamsync.outbound.HostNames;
import io.streamsync.reputation.listing.SellingNode;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// The addresses of nodes' hosts as the listings say them: those that onboarding checked, and no others. No name server
/// is asked.
@Component
class ListedHostNames implements HostNames {

    private volatile Map<String, List<InetAddress>> known = Map.of();

    /// From now on these nodes' hosts are known.
    void know(List<SellingNode> nodes) {
        var addresses = new HashMap<String, List<InetAddress>>();
        for (var node : nodes) {
            host(node)
                    .ifPresent(host -> addresses
                            .computeIfAbsent(host, _ -> new ArrayList<>())
                            .addAll(addresses(node)));
        }
        known = Map.copyOf(addresses);
    }

    /// One listing that cannot be read must not keep all others from being probed.
    private static List<InetAddress> addresses(SellingNode node) {
        try {
            return node.addresses().stream().map(InetAddress::ofLiteral).toList();
        } catch (IllegalArgumentException unreadable) {
            return List.of();
        }
    }

    private static Optional<String> host(SellingNode node) {
        try {
            return Optional.ofNullable(new URI(node.endpoint()).getHost()).map(host -> host.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public List<InetAddress> addresses(String name) throws UnknownHostException {
        var addresses = known.get(name.toLowerCase(Locale.ROOT));
        if (addresses == null || addresses.isEmpty()) {
            throw new UnknownHostException(name + " is not listed");
        }
        return List.copyOf(addresses);
    }
}
