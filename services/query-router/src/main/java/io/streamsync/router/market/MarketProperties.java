package io.streamsync.router.market;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// @param genesisHash of the chain; none: the first admitted node fixes it
/// @param directory where snapshots are until Kafka has them
@ConfigurationProperties("streamsync.router.market")
record MarketProperties(@Nullable String genesisHash, Path directory) {}
