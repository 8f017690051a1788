package io.streamsync.billing.credit;

import io.streamsync.billing.stream.Heard;
import io.streamsync.billing.stream.RaceReading;
import io.streamsync.billing.stream.Routers;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Gives customers back what routers held that are gone for good: those that were silent for long after their leases
/// ran out, and only once all is posted that stood in `streamsync.races` when that was noticed.
@Component
class LostRouters {

    private static final Logger log = LoggerFactory.getLogger(LostRouters.class);

    private final Routers routers;
    private final RaceReading races;
    private final LeaseClosing closing;
    private final Silence silence;

    /// Where `streamsync.races` ended when each router turned out to be lost.
    private final Map<Heard, Map<Integer, Long>> ends = new HashMap<>();

    LostRouters(Routers routers, RaceReading races, LeaseClosing closing, CreditProperties properties) {
        this.routers = routers;
        this.races = races;
        this.closing = closing;
        silence = new Silence(properties.silence(), properties.look());
    }

    @Scheduled(fixedDelayString = "${streamsync.credit.look:5s}")
    void look() {
        try {
            look(System.nanoTime());
        } catch (RuntimeException e) {
            log.atWarn()
                    .setMessage("leases of lost routers stay, trying again")
                    .addKeyValue("reason", e.getMessage())
                    .log();
        }
    }

    void look(long now) {
        var lost = silence.observe(routers.heard(), now);
        ends.keySet().retainAll(lost);
        for (var router : lost) {
            var end = ends.computeIfAbsent(router, _ -> races.ends());
            if (races.isReadTo(end)) {
                close(router);
            }
        }
    }

    private void close(Heard lost) {
        for (var stream : closing.streams(lost)) {
            var closed = closing.close(lost, stream);
            closed.ifPresent(left -> log.atError()
                    .setMessage("router is lost, its leases are closed")
                    .addKeyValue("stream", stream)
                    .addKeyValue("leases", left.leases())
                    .addKeyValue("givenBack", left.nano())
                    .log());
        }
    }
}
