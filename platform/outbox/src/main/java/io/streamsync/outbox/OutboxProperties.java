package io.streamsync.outbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How the relay works.
///
/// @param poll how long it waits for a nudge before it looks by itself (another instance may have committed)
/// @param retry how long it rests after a failure
/// @param acknowledgement how long a batch may wait for Kafka before it is tried again
/// @param remember how long an event's id is kept: longer than any topic can deliver it again
@ConfigurationProperties("streamsync.outbox")
record OutboxProperties(
        @DefaultValue("200ms") Duration poll,
        @DefaultValue("500ms") Duration retry,
        @DefaultValue("30s") Duration acknowledgement,
        @DefaultValue("30d") Duration remember) {}
