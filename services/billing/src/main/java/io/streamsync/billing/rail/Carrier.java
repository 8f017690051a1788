package io.streamsync.billing.rail;

import io.streamsync.billing.rail.Standing.Outcome;
import io.streamsync.billing.rail.Standing.Underway;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Hands transfers to their rails once their reservation has committed, and asks until they are settled. All it knows
/// is in the database: whoever takes over after a crash asks again, under the same id.
@Component
class Carrier implements DisposableBean {

    /// Transfers in rails' hands at once: a rail that hangs holds up others only when all of these hang.
    private static final int PLACES = 32;

    /// So long a transfer is its worker's. A rail that takes longer is asked by a second one, under the same id.
    static final Duration CLAIM = Duration.ofMinutes(5);

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    /// Between two questions; a transfer may take minutes.
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final TransferRows rows;
    private final TransferRails rails;
    private final Transfers transfers;
    private final TransferLog log;
    private final InstantSource clock;
    private final Semaphore places = new Semaphore(PLACES);
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    Carrier(TransferRows rows, TransferRails rails, Transfers transfers, TransferLog log, InstantSource clock) {
        this.rows = rows;
        this.rails = rails;
        this.transfers = transfers;
        this.log = log;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 1_000)
    void round() {
        try {
            var free = places.availablePermits();
            if (free > 0) {
                claim(free).forEach(this::start);
            }
        } catch (RuntimeException e) {
            log.away(e); // the database is away: the next round finds it all
        }
    }

    /// Only what its rail can carry: a rail that is closed keeps nobody waiting, and its transfers stay.
    List<Transfer> claim(int most) {
        var now = clock.instant();
        return rails.names().isEmpty() ? List.of() : rows.claim(rails.names(), now, now.plus(CLAIM), most);
    }

    private void start(Transfer transfer) {
        places.acquireUninterruptibly();
        workers.execute(() -> {
            try {
                carry(transfer);
            } catch (RuntimeException e) {
                log.away(e); // asked again when the claim is over
            } finally {
                places.release();
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
