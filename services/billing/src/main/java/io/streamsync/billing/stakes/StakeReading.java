package io.streamsync.billing.stakes;

import io.streamsync.billing.reading.TopicReading;
import io.streamsync.events.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

/// Whether the books know all changes of stakes that Kafka had at a time. Kafka is asked until they do, and not again
/// for times before.
@Component
public class StakeReading {

    static final String GROUP = "billing-stakes";

    private static final Logger log = LoggerFactory.getLogger(StakeReading.class);

    /// Whoever asks has other things to do; Kafka answers within milliseconds, or is away.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final TopicReading topic;

    /// What is still to be read of what stood in the topic at a time.
    private Map<Integer, Long> ends = Map.of();

    private Instant endsAt = Instant.MIN;

    @Autowired
    StakeReading(KafkaProperties properties, KafkaConnectionDetails connection) {
        this(new TopicReading(properties, connection, Topics.STAKES, GROUP, PATIENCE));
    }

    StakeReading(TopicReading topic) {
        this.topic = topic;
    }

    /// False also when Kafka does not say.
    ///
    /// @param time that is over
    public synchronized boolean isReadTo(Instant time, Instant now) {
        try {
            if (endsAt.isBefore(time)) {
                ends = topic.ends();
                endsAt = now;
            }
            if (!ends.isEmpty() && topic.isReadTo(ends)) {
                ends = Map.of();
            }
            return ends.isEmpty();
        } catch (IllegalStateException unknown) {
            log.atWarn()
                    .setMessage("how far stakes are read is not known")
                    .addKeyValue("reason", unknown.getMessage())
                    .log();
            return false;
        }
    }
}
