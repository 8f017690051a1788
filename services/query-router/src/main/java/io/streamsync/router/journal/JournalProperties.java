package io.streamsync.router.journal;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Where the journal lives, how safe a record is before its answer leaves, and how much may wait for billing.
///
/// @param sync the embedded mode sets `os`
/// @param maxSize 8 GB: twice what 5 000 queries a second write during a Kafka outage of ten minutes
/// @param syncInterval of the background sync at level `os`
@ConfigurationProperties("streamsync.router.journal")
record JournalProperties(
        Path directory,
        @DefaultValue("disk") SyncLevel sync,
        @DefaultValue("64MB") DataSize segmentSize,
        @DefaultValue("8GB") DataSize maxSize,
        @DefaultValue("5ms") Duration syncInterval) {

    JournalProperties {
        if (maxSize.toBytes() < 2 * segmentSize.toBytes()) {
            throw new IllegalArgumentException(
                    "streamsync.router.journal.max-size must hold two segments, or a full journal could never empty");
        }
        if (segmentSize.toBytes() <= SegmentHeader.BYTES) {
            throw new IllegalArgumentException("streamsync.router.journal.segment-size must be above its header");
        }
    }
}
