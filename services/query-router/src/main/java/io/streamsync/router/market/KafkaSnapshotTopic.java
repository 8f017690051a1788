package io.streamsync.router.market;

import io.streamsync.events.Topics;
import io.streamsync.events.router.SnapshotTaken;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.router.journal.Incarnation;
import io.streamsync.router.log.RouterLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.json.JsonMapper;

/// Publishes snapshots on `streamsync.snapshots`, keyed by their names: whoever replays a race finds it by what the
/// record says. The sending goes on in the background, and what Kafka has not taken is on the disk: once it takes
/// something it is told the rest, that of earlier incarnations too.
final class KafkaSnapshotTopic implements SnapshotTopic {

    private static final int SCHEMA_VERSION = 1;

    private final KafkaTemplate<String, String> kafka;
    private final JsonMapper json;
    private final Incarnation incarnation;
    private final SnapshotFiles files;
    private final Executor aside;
    private final RouterLog log;
    private final Set<String> underway = ConcurrentHashMap.newKeySet();

    /// @param aside where files and a Kafka that is not there may be waited for
    KafkaSnapshotTopic(
            KafkaTemplate<String, String> kafka,
            JsonMapper json,
            Incarnation incarnation,
            SnapshotFiles files,
            Executor aside,
            RouterLog log) {
        this.kafka = kafka;
        this.json = json;
        this.incarnation = incarnation;
        this.files = files;
        this.aside = aside;
        this.log = log;
    }

    @Override
    public void publish(MarketSnapshot snapshot, String hash, Instant since, long epoch) {
        var taken = new SnapshotTaken(
                UUID.randomUUID().toString(),
                since,
                SCHEMA_VERSION,
                Integer.toString(incarnation.router()),
                incarnation.number(),
                epoch,
                hash,
                new String(snapshot.canonical(), StandardCharsets.UTF_8));
        underway.add(SnapshotFiles.name(taken));
        try {
            files.write(taken);
        } catch (IOException e) {
            log.snapshotNotKept(hash, e);
        }
        tell(taken);
    }

    private void tell(SnapshotTaken taken) {
        try {
            var _ = kafka.send(Topics.SNAPSHOTS, taken.hash(), json.writeValueAsString(taken))
                    .whenCompleteAsync((_, failure) -> told(taken, failure), aside);
        } catch (RuntimeException e) {
            underway.remove(SnapshotFiles.name(taken));
            throw e;
        }
    }

    private void told(SnapshotTaken taken, @Nullable Throwable failure) {
        if (failure != null) {
            log.snapshotNotPublished(taken.hash(), failure);
            underway.remove(SnapshotFiles.name(taken));
            return;
        }
        try {
            files.delete(taken);
        } catch (IOException e) {
            // it stays underway: what cannot be deleted would be told for ever
            log.snapshotsLeft(e);
            return;
        }
        underway.remove(SnapshotFiles.name(taken));
        tellNext();
    }

    /// One at a time: each that is taken is followed by the next. One that Kafka does not take holds up no other.
    private void tellNext() {
        try {
            for (var name : files.left()) {
                if (underway.add(name) && isTold(name)) {
                    return;
                }
            }
        } catch (IOException e) {
            log.snapshotsLeft(e);
        }
    }

    private boolean isTold(String name) throws IOException {
        var taken = files.read(name);
        if (taken.isEmpty()) {
            underway.remove(name);
            return false;
        }
        try {
            tell(taken.get());
            return true;
        } catch (RuntimeException e) {
            log.snapshotNotPublished(taken.get().hash(), e);
            return false;
        }
    }
}
