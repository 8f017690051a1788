package io.streamsync.router.publication;

import io.streamsync.events.Topics;
import io.streamsync.protocol.record.Frame;
import io.streamsync.testing.Backends;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// The real topic of races, and what stands in it under one key.
final class RacesTopic implements AutoCloseable {

    private static final Map<String, Object> KAFKA = Map.of("bootstrap.servers", Backends.kafka());

    private final String key;
    private final KafkaConsumer<String, byte[]> consumer =
            new KafkaConsumer<>(KAFKA, new StringDeserializer(), new ByteArrayDeserializer());
    private final List<Frame> frames = new ArrayList<>();

    RacesTopic(String key) {
        this.key = key;
        create();
        var partitions = consumer.partitionsFor(Topics.RACES).stream()
                .map(partition -> new TopicPartition(Topics.RACES, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    static Producer<String, byte[]> producer() {
        return new KafkaProducer<>(
                PublicationConfiguration.settings(KAFKA), new StringSerializer(), new ByteArraySerializer());
    }

    /// All frames of the stream, in Kafka's order, that are there by now: one poll may bring nothing, or not all.
    List<Frame> frames() {
        var ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (var event : consumer.poll(Duration.ofMillis(50))) {
                if (key.equals(event.key())) {
                    frames.add(Frame.decode(event.value()));
                }
            }
        }
        return List.copyOf(frames);
    }

    /// What billing would have: the next position after reading in order, dropping what comes twice or too early.
    long posted(long from) {
        var next = from;
        for (var frame : frames()) {
            if (frame.first() <= next) {
                next = Math.max(next, frame.next());
            }
        }
        return next;
    }

    /// The first frame that leaves positions out.
    Optional<Frame> gap(long from) {
        var next = from;
        for (var frame : frames()) {
            if (frame.first() > next) {
                return Optional.of(frame);
            }
            next = Math.max(next, frame.next());
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private static void create() {
        try (var admin = Admin.create(KAFKA)) {
            admin.createTopics(List.of(new NewTopic(Topics.RACES, 6, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
