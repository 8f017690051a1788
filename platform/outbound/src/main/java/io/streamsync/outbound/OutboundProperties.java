package io.streamsync.outbound;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where nodes may live, and how long they may take.
///
/// @param allowed ranges of addresses that are refused otherwise
/// @param refusedPorts ports of this machine that belong to the installation itself
/// @param timeLimit of a call, from looking the name up to the last byte
@ConfigurationProperties("streamsync.outbound")
record OutboundProperties(
        @DefaultValue List<String> allowed,
        @DefaultValue Set<Integer> refusedPorts,
        @DefaultValue("2s") Duration timeLimit) {

    OutboundProperties {
        allowed = List.copyOf(allowed);
        refusedPorts = Set.copyOf(refusedPorts);
    }
}
