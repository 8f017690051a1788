package io.streamsync.outbound;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;

/// Whether a URL that a stranger gave may be called.
public sealed interface EndpointVerdict {

    /// @param addresses all that its host resolves to: each was checked
    record Allowed(URI uri, List<InetAddress> addresses) implements EndpointVerdict {

        public Allowed {
            addresses = List.copyOf(addresses);
        }
    }

    /// @param reason a sentence for whoever gave it
    record Refused(String reason) implements EndpointVerdict {}
}
