package io.streamsync.billing.credit;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.TestBalances;
import io.streamsync.billing.stream.StreamId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the service decides about leases of one customer, for tests that keep the books themselves.
public final class DecidedGrants {

    private static final long LARGEST = 1_000_000;

    private DecidedGrants() {}

    /// One request, decided over leases and balances as they are.
    ///
    /// @param stream that asks
    /// @param open its open leases
    /// @param nextId of the lease that may be opened
    /// @throws IllegalArgumentException when it gives back what it cannot have
    public static Decided decide(
            StreamId stream, Asked asked, List<Lease> open, long available, long leased, int live, UUID nextId) {
        var customer = asked.customer();
        var granting = new Granting(
                stream,
                live,
                LARGEST,
                Set.of(customer),
                Map.of(),
                open,
                TestBalances.of(Map.of(Account.available(customer), available, Account.leased(customer), leased)),
                () -> nextId);
        var grant = granting.grant(new LeaseRequest(
                "r",
                customer,
                null,
                asked.leaseId(),
                0,
                asked.dearest(),
                asked.least(),
                false,
                asked.more(),
                asked.returned(),
                null));
        var lease = grant.lease();
        return new Decided(
                grant.outcome() == Grant.Outcome.GRANTED,
                lease == null ? null : lease.id(),
                lease == null ? 0 : lease.total(),
                List.copyOf(granting.changed()),
                granting.entries().of(Account.available(customer)));
    }

    /// What closing these leases by force gives back.
    public static long closing(List<Lease> open, CustomerId customer) {
        return LeaseClosing.entries(open).of(Account.available(customer));
    }

    public record Asked(
            CustomerId customer, @Nullable UUID leaseId, long dearest, long least, boolean more, long returned) {}

    /// @param total of the lease, as routers count it
    /// @param available what is added to what is available
    public record Decided(boolean granted, @Nullable UUID leaseId, long total, List<Lease> changed, long available) {}
}
