package io.streamsync.billing.credit;

import io.streamsync.billing.stream.Heard;
import io.streamsync.billing.stream.RaceReading;
import io.streamsync.billing.stream.Routers;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Gives customers back what streams held that nobody goes on with: of routers that are gone for good, and of
/// earlier starts that their router cannot finish. Those that were silent for long after their leases ran out,
/// and only once all is posted that stood in `streamsync.races` when that was noticed.
@Component
class LostStreams {

    private static final Logger log = LoggerFactory.getLogger(LostStreams.class);

    private final Routers routers;
    private final RaceReading races;
    private final LeaseClosing closing;
    private final SilenceRows rows;
    private final Silence silence;

    /// Where `streamsync.races` ended when each stream turned out to be lost.
    private final Map<Heard, Map<Integer, Long>> ends = new HashMap<>();

    LostStreams(
            Routers routers, RaceReading races, LeaseClosing closing, SilenceRows rows, CreditProperties properties) {
        this.routers = routers;
        this.races = races;
        this.closing = closing;
        this.rows = rows;
        silence = new Silence(properties.silence(), properties.look());
    }

    @Scheduled(fixedDelayString = "${streamsync.credit.look:5s}")
    void look() {
        try {
            look(System.nanoTime());
        } catch (RuntimeException e) {
            log.atWarn()
                    .setMessage("leases of lost streams stay, trying again")
                    .addKeyValue("reason", e.getMessage())
                    .log();
        }
    }

    void look(long now) {
        var heard = routers.heard();
        var kept = rows.read();
        var counted = silence.observe(heard, kept.counts(), now);
        rows.save(counted, partitions(heard, kept));
        var lost = counted.entrySet().stream()
                .filter(one -> silence.isTooLong(one.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        ends.keySet().retainAll(lost);
        for (var stream : lost) {
            var end = ends.computeIfAbsent(stream, _ -> races.ends(stream.stream(), kept.partitions(stream.stream())));
            if (races.isReadTo(end)) {
                close(stream);
            }
        }
    }

    /// For streams that are looked after from now on; null where there are none, or Kafka is away.
    private @Nullable Integer partitions(Collection<Heard> heard, SilenceRows.Kept kept) {
        if (heard.stream().allMatch(one -> kept.knows(one.stream()))) {
            return null;
        }
        try {
            return races.partitions();
        } catch (IllegalStateException unknown) {
            return null;
        }
    }

    private void close(Heard lost) {
        closing.close(lost)
                .ifPresent(left -> log.atError()
                        .setMessage("stream is lost, its leases are closed")
                        .addKeyValue("stream", lost.stream())
                        .addKeyValue("leases", left.leases())
                        .addKeyValue("givenBack", left.nano())
                        .log());
    }
}
