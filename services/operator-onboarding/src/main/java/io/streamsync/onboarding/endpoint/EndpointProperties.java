package io.streamsync.onboarding.endpoint;

import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where nodes may live.
///
/// @param allowed ranges of addresses that are refused otherwise
/// @param refusedPorts ports of this machine that belong to the installation itself
@ConfigurationProperties("streamsync.endpoint")
record EndpointProperties(
        @DefaultValue List<String> allowed, @DefaultValue Set<Integer> refusedPorts) {

    EndpointProperties {
        allowed = List.copyOf(allowed);
        refusedPorts = Set.copyOf(refusedPorts);
    }
}
