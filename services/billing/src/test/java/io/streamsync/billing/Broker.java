package io.streamsync.billing;

import io.streamsync.testing.Backends;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// Puts messages on topics, as the other services would.
public final class Broker {

    private static final KafkaProducer<String, byte[]> PRODUCER = new KafkaProducer<>(
            Map.of("bootstrap.servers", Backends.kafka()), new StringSerializer(), new ByteArraySerializer());

    private Broker() {}

    /// Returns when the broker has it.
    ///
    /// @param partition null for the one that the key says
    public static void send(String topic, @Nullable Integer partition, String key, byte[] value) {
        try {
            PRODUCER.send(new ProducerRecord<>(topic, partition, key, value)).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
