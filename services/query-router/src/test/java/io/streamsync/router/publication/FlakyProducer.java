package io.streamsync.router.publication;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.NetworkException;

/// A real producer between whose sends and answers things go wrong.
final class FlakyProducer {

    private final AtomicInteger sends = new AtomicInteger();
    private final IntPredicate refused;
    private final IntPredicate unanswered;

    /// @param refused which sends never reach Kafka
    /// @param unanswered which sends do, but their answer gets lost
    FlakyProducer(IntPredicate refused, IntPredicate unanswered) {
        this.refused = refused;
        this.unanswered = unanswered;
    }

    int sends() {
        return sends.get();
    }

    @SuppressWarnings("unchecked") // the proxy stands for the interface it is made of
    Producer<String, byte[]> open() {
        var real = RacesTopic.producer();
        return (Producer<String, byte[]>) Proxy.newProxyInstance(
                Producer.class.getClassLoader(), new Class<?>[] {Producer.class}, (_, method, arguments) -> {
                    if (method.getName().equals("send") && arguments != null && arguments.length == 2) {
                        return send(real, (ProducerRecord<String, byte[]>) arguments[0], (Callback) arguments[1]);
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    private Future<RecordMetadata> send(
            Producer<String, byte[]> real, ProducerRecord<String, byte[]> frame, Callback callback) {
        var number = sends.incrementAndGet();
        if (refused.test(number)) {
            callback.onCompletion(null, new NetworkException("refused by the test"));
            return CompletableFuture.failedFuture(new NetworkException());
        }
        return unanswered.test(number)
                ? real.send(frame, (_, _) -> callback.onCompletion(null, new NetworkException("lost by the test")))
                : real.send(frame, callback);
    }
}
