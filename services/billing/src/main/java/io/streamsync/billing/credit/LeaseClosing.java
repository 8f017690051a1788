package io.streamsync.billing.credit;

import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Batch;
import io.streamsync.billing.ledger.Entries;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.billing.stream.Heard;
import io.streamsync.billing.stream.Routers;
import io.streamsync.billing.stream.Streams;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Closes the leases of a stream that is lost. What comes of it later is paid to the operators all the same, by the
/// insurance: at most what the leases had left.
@Component
class LeaseClosing {

    private final Routers routers;
    private final Streams streams;
    private final Leases leases;
    private final Ledger ledger;
    private final InstantSource clock;

    LeaseClosing(Routers routers, Streams streams, Leases leases, Ledger ledger, InstantSource clock) {
        this.routers = routers;
        this.streams = streams;
        this.leases = leases;
        this.ledger = ledger;
        this.clock = clock;
    }

    /// @return what went back to customers; empty when the stream was heard of again, or has ended
    @Transactional
    public Optional<Left> close(Heard lost) {
        var stream = lost.stream();
        if (!routers.lockSilent(lost) || !streams.close(stream, lost.nextPosition())) {
            return Optional.empty();
        }
        var open = leases.lock(stream, List.of());
        var entries = entries(open);
        leases.save(open.stream().map(Lease::close).toList());
        if (!entries.accounts().isEmpty()) {
            ledger.post(new Batch("lease/closed/" + stream, Batch.Kind.LEASE, clock.instant(), entries));
        }
        return Optional.of(
                new Left(open.size(), open.stream().mapToLong(Lease::unposted).sum()));
    }

    static Entries entries(List<Lease> open) {
        var entries = new Entries();
        open.forEach(lease ->
                entries.move(Account.leased(lease.customer()), Account.available(lease.customer()), lease.unposted()));
        return entries;
    }

    /// @param leases that were open
    /// @param nano what they had left, nano-USDC
    record Left(int leases, long nano) {}
}
