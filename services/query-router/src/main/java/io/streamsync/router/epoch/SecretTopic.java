package io.streamsync.router.epoch;

import io.streamsync.events.Topics;
import io.streamsync.events.router.EpochSecret;
import io.streamsync.router.journal.Incarnation;
import io.streamsync.router.log.RouterLog;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.json.JsonMapper;

/// Tells the world commitments and secrets. What did not get through is told again when asked for again.
final class SecretTopic {

    private static final int SCHEMA_VERSION = 1;

    private final KafkaTemplate<String, String> kafka;
    private final JsonMapper mapper;
    private final Incarnation router;
    private final InstantSource clock;
    private final Executor sending;
    private final RouterLog log;
    private final Set<String> underway = ConcurrentHashMap.newKeySet();

    /// @param sending where a send may wait for a Kafka that is not there
    SecretTopic(
            KafkaTemplate<String, String> kafka,
            JsonMapper mapper,
            Incarnation router,
            InstantSource clock,
            Executor sending,
            RouterLog log) {
        this.kafka = kafka;
        this.mapper = mapper;
        this.router = router;
        this.clock = clock;
        this.sending = sending;
        this.log = log;
    }

    void commit(OwnSecret secret) {
        tell(secret, "commitment", null, secret::committed);
    }

    void reveal(OwnSecret secret) {
        tell(secret, "secret", secret.hex(), secret::revealed);
    }

    private void tell(OwnSecret secret, String what, @Nullable String revealed, Runnable told) {
        // the same fact has the same id, however often it is told
        var id = "%s-%d-%d-%d".formatted(what, router.router(), secret.incarnation(), secret.epoch());
        if (!underway.add(id)) {
            return;
        }
        var _ = CompletableFuture.supplyAsync(() -> event(id, secret, revealed), sending)
                .thenCompose(event -> kafka.send(Topics.EPOCHS, Integer.toString(router.router()), event))
                .whenComplete((_, failure) -> {
                    underway.remove(id);
                    if (failure == null) {
                        told.run();
                    } else {
                        log.secretNotPublished(secret.epoch(), failure);
                    }
                });
    }

    private String event(String id, OwnSecret secret, @Nullable String revealed) {
        return mapper.writeValueAsString(new EpochSecret(
                id,
                clock.instant(),
                SCHEMA_VERSION,
                Integer.toString(router.router()),
                secret.incarnation(),
                secret.epoch(),
                secret.commitment(),
                revealed));
    }
}
