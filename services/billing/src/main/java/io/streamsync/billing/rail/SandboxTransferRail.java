package io.streamsync.billing.rail;

import io.streamsync.billing.rail.Standing.Outcome.Failed;
import io.streamsync.billing.rail.Standing.Outcome.Paid;
import io.streamsync.billing.rail.Standing.Underway;
import io.streamsync.protocol.money.Amount;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Free money goes nowhere: it only leaves the books. Three addresses that nobody holds show what else may become of a
/// transfer. Exists only where the installation says so.
@Component
@ConditionalOnProperty(name = "streamsync.sandbox", havingValue = "true")
class SandboxTransferRail implements TransferRail {

    /// Nothing gets there.
    static final String REFUSES = "SandboxRefuses11111111111111111111111111111";

    /// What goes there takes its time.
    static final String WAITS = "SandboxWaits1111111111111111111111111111111";

    /// What went there is told twice: by the rail itself, and when it is asked.
    static final String REPEATS = "SandboxRepeats11111111111111111111111111111";

    /// Long enough to be seen under way, and to be interrupted.
    static final Duration WAIT = Duration.ofSeconds(10);

    private final Transfers transfers;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    SandboxTransferRail(Transfers transfers, JdbcClient jdbc, InstantSource clock) {
        this.transfers = transfers;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "sandbox";
    }

    @Override
    public Standing transfer(String transferId, Amount amount, Destination destination) {
        var paid = new Paid("sandbox-" + transferId);
        return switch (destination.value()) {
            case REFUSES -> new Failed("The sandbox refuses what goes to this address.");
            case WAITS -> isOver(transferId) ? paid : new Underway();
            case REPEATS -> {
                transfers.settled(transferId, paid);
                yield paid;
            }
            default -> paid;
        };
    }

    private boolean isOver(String transferId) {
        return !clock.instant().isBefore(startedAt(transferId).plus(WAIT));
    }

    /// As a payment system would know it, whatever becomes of those who ask.
    private Instant startedAt(String transferId) {
        return jdbc.sql("""
                insert into sandbox_transfer as known (id, started_at) values (?, ?)
                on conflict (id) do update set started_at = known.started_at returning started_at""")
                .params(transferId, Timestamp.from(clock.instant()))
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .single();
    }
}
