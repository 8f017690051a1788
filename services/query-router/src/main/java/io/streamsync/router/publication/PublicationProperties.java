package io.streamsync.router.publication;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Which router this is, and where billing is.
///
/// @param id 1 to 65 535, no other router's
/// @param internalUrl where billing reaches this router's management port
/// @param stalled how long billing's position may stand still behind what Kafka has acknowledged before that is sent
///     again: longer than any pause of a healthy consumer
/// @param lastFrames how long a stop waits for Kafka; the next start sends what is left
@ConfigurationProperties("streamsync.router")
record PublicationProperties(
        int id,
        URI billingUrl,
        URI internalUrl,
        @DefaultValue("30s") Duration stalled,
        @DefaultValue("5s") Duration lastFrames) {

    PublicationProperties {
        if (id < 1 || id > 0xffff) {
            throw new IllegalArgumentException("streamsync.router.id is 1 to 65535, not " + id);
        }
    }
}
