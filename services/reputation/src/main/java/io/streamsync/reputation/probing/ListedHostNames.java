package io.streamsync.reputation.probing;

import io.streamsync.outbound.HostNames;
import io.streamsync.reputation.listing.SellingNode;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
            var host = URI.create(node.endpoint()).getHost();
            if (host != null) {
                var ofHost = addresses.computeIfAbsent(host.toLowerCase(Locale.ROOT), _ -> new ArrayList<>());
                node.addresses().stream().map(InetAddress::ofLiteral).forEach(ofHost::add);
            }
        }
        known = Map.copyOf(addresses);
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
