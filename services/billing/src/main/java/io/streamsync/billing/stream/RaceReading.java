package io.streamsync.billing.stream;

import io.streamsync.billing.reading.TopicReading;
import io.streamsync.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

/// How far `streamsync.races` has been read and posted, by all instances of this service together. Asked for seldom.
@Component
public class RaceReading {

    /// The consumers' group: it commits what is posted.
    public static final String GROUP = "billing-races";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TopicReading topic;

    RaceReading(KafkaProperties properties, KafkaConnectionDetails connection) {
        topic = new TopicReading(properties, connection, Topics.RACES, GROUP, PATIENCE);
    }

    /// How many partitions the topic has.
    public int partitions() {
        return topic.partitions();
    }

    /// Where the partitions end right now that frames of the stream can be in.
    ///
    /// @param then how many partitions there were before its first frame; null where that is not known
    public Map<Integer, Long> ends(StreamId stream, @Nullable Integer then) {
        return then == null ? topic.ends() : topic.ends(now -> partitionsOf(stream, then, now));
    }

    /// Whether all that stood there then is posted by now.
    public boolean isReadTo(Map<Integer, Long> ends) {
        return topic.isReadTo(ends);
    }

    /// A topic may have got more partitions while the stream was written, and not all at once.
    static Set<Integer> partitionsOf(StreamId stream, int then, int now) {
        var key = stream.toString().getBytes(StandardCharsets.UTF_8);
        return IntStream.rangeClosed(Math.min(then, now), now)
                .mapToObj(partitions -> BuiltInPartitioner.partitionForKey(key, partitions))
                .collect(Collectors.toSet());
    }
}
