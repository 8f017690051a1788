package io.streamsync.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// Carries committed messages to Kafka in the order in which they were added. One relay is active per database, by an
/// advisory lock, so that several instances keep the order; a message that was sent but not yet deleted is sent again.
class OutboxRelay implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    /// The lock's key: the bytes of "outbox" in ASCII.
    private static final long LOCK = 0x6f7574626f78L;

    private static final int BATCH = 500;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Supplier<Producer<String, byte[]>> producers;
    private final OutboxProperties properties;
    private final Semaphore work = new Semaphore(0);
    private volatile boolean running;
    private Thread thread = new Thread();

    /// @param producers asked at each start: the producer of the start before was closed with it
    OutboxRelay(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Supplier<Producer<String, byte[]>> producers,
            OutboxProperties properties) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.producers = producers;
        this.properties = properties;
    }

    /// Says that something was committed; without it the relay looks by itself every poll interval.
    void nudge() {
        work.release();
    }

    @Override
    public void start() {
        var producer = producers.get();
        running = true;
        thread = Thread.ofPlatform().name("outbox-relay").start(() -> run(producer));
    }

    /// Before the data source closes; what is still here leaves with the next start.
    @Override
    public void stop() {
        running = false;
        nudge();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run(Producer<String, byte[]> producer) {
        while (running) {
            try {
                if (relayed(producer) < BATCH) {
                    rest();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                log.atWarn()
                        .setMessage("outbox relay failed, trying again")
                        .addKeyValue("reason", e.getMessage())
                        .log();
                pause();
            }
        }
    }

    private void rest() throws InterruptedException {
        if (work.tryAcquire(properties.poll().toMillis(), TimeUnit.MILLISECONDS)) {
            work.drainPermits();
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(properties.retry().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    private int relayed(Producer<String, byte[]> producer) {
        Integer count = transaction.execute(status -> leads() ? sendBatch(producer) : 0);
        return count == null ? 0 : count;
    }

    private boolean leads() {
        return jdbc.sql("select pg_try_advisory_xact_lock(?)")
                .param(LOCK)
                .query(Boolean.class)
                .single();
    }

    private int sendBatch(Producer<String, byte[]> producer) {
        var messages = jdbc.sql("select id, topic, key, value from outbox_message order by id limit ?")
                .param(BATCH)
                .query((row, n) -> new Message(
                        row.getLong("id"), row.getString("topic"), row.getString("key"), row.getBytes("value")))
                .list();
        if (messages.isEmpty()) {
            return 0;
        }
        var acknowledgements = new ArrayList<CompletableFuture<Void>>(messages.size());
        for (var message : messages) {
            var acknowledged = send(producer, message);
            acknowledgements.add(acknowledged);
            if (acknowledged.isCompletedExceptionally()) {
                break; // without Kafka every send may block: one is enough to see it
            }
        }
        CompletableFuture.allOf(acknowledgements.toArray(CompletableFuture[]::new))
                .orTimeout(properties.acknowledgement().toMillis(), TimeUnit.MILLISECONDS)
                .join();
        delete(messages);
        return messages.size();
    }

    private CompletableFuture<Void> send(Producer<String, byte[]> producer, Message message) {
        var acknowledged = new CompletableFuture<Void>();
        var _ = producer.send(
                new ProducerRecord<>(message.topic(), message.key(), message.value()), (metadata, failure) -> {
                    if (failure == null) {
                        acknowledged.complete(null);
                    } else {
                        acknowledged.completeExceptionally(failure);
                    }
                });
        return acknowledged;
    }

    private void delete(List<Message> sent) {
        jdbc.sql("delete from outbox_message where id = any(?)")
                .param(sent.stream().map(Message::id).toArray(Long[]::new))
                .update();
    }

    @SuppressWarnings("ArrayRecordComponent") // a row on its way through
    private record Message(long id, String topic, String key, byte[] value) {}
}
