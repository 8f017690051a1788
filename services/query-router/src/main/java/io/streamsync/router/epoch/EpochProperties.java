package io.streamsync.router.epoch;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Where the router keeps its secrets until they are revealed.
@ConfigurationProperties("streamsync.router.epoch")
record EpochProperties(Path directory) {}
