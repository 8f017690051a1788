package io.streamsync.billing.rail;

import io.streamsync.billing.rail.Standing.Outcome;
import io.streamsync.billing.rail.Standing.Underway;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Hands transfers to their rails once their reservation has committed, and asks until they are settled. All it knows
/// is in the database: whoever takes over after a crash asks again, under the same id.
@Component
class Carrier implements DisposableBean {

    /// Transfers in a rail's hands at once. Each rail has its own: one that hangs holds up no other.
    private static final int PLACES = 32;

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    /// Between two questions; a transfer may take minutes.
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final TransferRows rows;
    private final TransferRails rails;
    private final Transfers transfers;
    private final TransferLog log;
    private final RailProperties properties;
    private final InstantSource clock;
    private final Map<String, Semaphore> places;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    Carrier(
            TransferRows rows,
            TransferRails rails,
            Transfers transfers,
            TransferLog log,
            RailProperties properties,
            InstantSource clock) {
        this.rows = rows;
        this.rails = rails;
        this.transfers = transfers;
        this.log = log;
        this.properties = properties;
        this.clock = clock;
        this.places = rails.names().stream().collect(Collectors.toMap(rail -> rail, _ -> new Semaphore(PLACES)));
    }

    @Scheduled(fixedDelay = 1_000)
    void round() {
        places.forEach((rail, free) -> {
            try {
                claim(rail, free.availablePermits()).forEach(transfer -> start(transfer, free));
            } catch (RuntimeException e) {
                log.away(e); // the database is away: the next round finds it all
            }
        });
    }

    /// What is due and has a rail: one that is closed gets none, and its transfers stay.
    List<Transfer> claim(String rail, int most) {
        var now = clock.instant();
        return most == 0 ? List.of() : rows.claim(rail, now, now.plus(properties.claim()), most);
    }

    private void start(Transfer transfer, Semaphore free) {
        free.acquireUninterruptibly();
        workers.execute(() -> {
            try {
                carry(transfer);
            } catch (RuntimeException e) {
                log.away(e); // asked again when the claim is over
            } finally {
                free.release();
            }
        });
    }

    void carry(Transfer transfer) {
        switch (ask(transfer)) {
            case Outcome outcome -> transfers.settled(transfer.id(), outcome);
            case Underway() -> rows.later(transfer.id(), clock.instant().plus(waitAfter(transfer.tries())));
        }
    }

    private Standing ask(Transfer transfer) {
        try {
            return rails.named(transfer.rail())
                    .orElseThrow()
                    .transfer(transfer.id(), transfer.amount(), transfer.destination());
        } catch (RuntimeException unknown) {
            log.unanswered(transfer, unknown);
            return new Underway();
        }
    }

    /// Twice as long each time.
    static Duration waitAfter(int tries) {
        var wait = FIRST_WAIT.multipliedBy(1L << Math.min(Math.max(tries - 1, 0), 10));
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    @Override
    public void destroy() {
        workers.shutdownNow();
    }
}
