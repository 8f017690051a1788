package io.streamsync.router.epoch;

import io.streamsync.router.journal.Journal;
import io.streamsync.router.publication.HighWaterMarks;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// This router's secret of each epoch (protocol, Snapshot and epoch): on the disk, then committed to, then used, and
/// told to all once billing has the end of the epoch. One thread turns the epochs, any may read.
public final class EpochSecrets {

    /// Commitments lead by so much: Kafka may be away for ten minutes while races go on.
    private static final Duration LEAD = Duration.ofMinutes(15);

    private static final long LEAST_AHEAD = 3;

    /// A file each. Epochs shorter than 9 s, as in trials, stand a shorter time without Kafka.
    private static final long MOST_AHEAD = 100;

    private final EpochLengths lengths;
    private final Journal journal;
    private final HighWaterMarks marks;
    private final SecretFiles files;
    private final SecretTopic topic;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<Long, OwnSecret> secrets = new ConcurrentHashMap<>();

    /// Of earlier incarnations.
    private final Collection<OwnSecret> left = new ConcurrentLinkedQueue<>();

    /// The last epoch whose end is marked.
    private volatile long ended;

    EpochSecrets(
            EpochLengths lengths,
            Journal journal,
            HighWaterMarks marks,
            SecretFiles files,
            SecretTopic topic,
            InstantSource clock)
            throws IOException {
        this.lengths = lengths;
        this.journal = journal;
        this.marks = marks;
        this.files = files;
        this.topic = topic;
        this.clock = clock;
        ended = lengths.epochAt(clock.millis()) - 1;
        left.addAll(files.read());
    }

    /// The epoch that a race of this time is drawn in. A clock that was set back does not bring back an epoch whose end
    /// is marked: the one after it lasts until the clock has caught up.
    public long epochAt(long unixMillis) {
        return Math.max(lengths.epochAt(unixMillis), ended + 1);
    }

    /// The 32 bytes of an epoch's secret, from memory; null when its commitment is not public yet or its secret
    /// is.
    public byte @Nullable [] secret(long epoch) {
        var secret = secrets.get(epoch);
        return secret == null || !secret.isCommitted() ? null : secret.bytes();
    }

    /// Whether races may be drawn now.
    public boolean ready() {
        return secret(epochAt(clock.millis())) != null;
    }

    /// Does what is due. Called with little time between.
    void turn() throws IOException {
        var now = clock.millis();
        var current = epochAt(now);
        end(current, now);
        prepare(current);
        secrets.values().stream().filter(secret -> !secret.isCommitted()).forEach(topic::commit);
        secrets.values()
                .removeIf(secret -> lengths.isOver(secret.epoch(), now)
                        && secret.isEndPosted(marks.nextPosition(secret.incarnation()))
                        && isRevealed(secret));
        left.removeIf(secret ->
                lengths.isOver(secret.epoch(), now) && marks.isFinished(secret.incarnation()) && isRevealed(secret));
    }

    /// A jump of the clock over epochs ends the last of them too: the mark of one ends all before it.
    private void end(long current, long now) {
        for (var epoch = Math.max(ended + 1, current - MOST_AHEAD); epoch < current; epoch++) {
            var secret = secrets.get(epoch);
            if (secret != null || epoch == current - 1) {
                if (!journal.appendMark(new EpochEnd(epoch, now, secret))) {
                    return;
                }
                ended = epoch;
            }
        }
    }

    /// The next ones first, and the rest at later turns: a router that starts is not to wait for their files.
    private void prepare(long current) throws IOException {
        var ahead = Math.clamp(LEAD.toMillis() / lengths.millis(), LEAST_AHEAD, MOST_AHEAD);
        var written = 0;
        for (var epoch = current; epoch <= current + ahead && written <= LEAST_AHEAD; epoch++) {
            if (epoch > ended && !secrets.containsKey(epoch)) {
                var secret = OwnSecret.random(journal.incarnation().number(), epoch, random);
                files.write(secret);
                secrets.put(epoch, secret);
                written++;
            }
        }
    }

    private boolean isRevealed(OwnSecret secret) {
        if (!secret.isRevealed()) {
            topic.reveal(secret);
            return false;
        }
        files.delete(secret);
        return true;
    }
}
