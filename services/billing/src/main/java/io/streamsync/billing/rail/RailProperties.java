package io.streamsync.billing.rail;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param claim so long a transfer is its worker's. A rail that takes longer, or a worker that died, leaves it to a
///     second one, which asks under the same id
@ConfigurationProperties("streamsync.rail")
record RailProperties(@DefaultValue("5m") Duration claim) {}
