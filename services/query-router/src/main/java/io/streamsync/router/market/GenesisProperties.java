package io.streamsync.router.market;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// @param genesisHash of the chain; none: the first admitted node fixes it
@ConfigurationProperties("streamsync.router.market")
record GenesisProperties(@Nullable String genesisHash) {}
