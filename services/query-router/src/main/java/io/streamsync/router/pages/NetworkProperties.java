package io.streamsync.router.pages;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// What the installation says of itself.
///
/// @param phase of admission
/// @param sandbox whether free money exists
@ConfigurationProperties("streamsync.router.network")
record NetworkProperties(String phase, boolean sandbox) {

    private static final Set<String> PHASES = Set.of("launch", "growth", "maturity");

    NetworkProperties {
        if (!PHASES.contains(phase)) {
            throw new IllegalArgumentException("streamsync.router.network.phase is launch, growth or maturity");
        }
    }
}
