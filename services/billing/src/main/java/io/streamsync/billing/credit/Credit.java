package io.streamsync.billing.credit;

import io.streamsync.billing.account.Accounts;
import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Batch;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.billing.stream.Routers;
import io.streamsync.billing.stream.StreamId;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Gives routers credit of customers: all requests of a call in one transaction, never more than is available.
@Component
class Credit {

    private final Routers routers;
    private final Accounts accounts;
    private final Leases leases;
    private final KeyAllowances allowances;
    private final Ledger ledger;
    private final CreditProperties properties;
    private final InstantSource clock;

    Credit(
            Routers routers,
            Accounts accounts,
            Leases leases,
            KeyAllowances allowances,
            Ledger ledger,
            CreditProperties properties,
            InstantSource clock) {
        this.routers = routers;
        this.accounts = accounts;
        this.leases = leases;
        this.allowances = allowances;
        this.ledger = ledger;
        this.properties = properties;
        this.clock = clock;
    }

    /// A call without requests is a sign of life.
    @Transactional
    public List<Grant> grant(StreamId stream, List<LeaseRequest> requests) {
        routers.seen(stream);
        if (requests.isEmpty()) {
            return List.of();
        }
        var known =
                accounts.existing(requests.stream().map(LeaseRequest::customer).collect(Collectors.toSet()));
        var open = leases.lockOpen(stream, known);
        var balances = ledger.lock(accountsOf(known));
        var granting = new Granting(
                stream,
                routers.live().size(),
                properties.largestGrantNano(),
                known,
                allowances.of(keysOf(requests)),
                open,
                balances,
                UUID::randomUUID);
        var grants = decide(granting, requests);
        leases.save(granting.changed());
        if (granting.movesCredit()) {
            ledger.post(
                    new Batch("lease/" + UUID.randomUUID(), Batch.Kind.LEASE, clock.instant(), granting.entries()),
                    granting.before());
        }
        return withHolders(grants, stream);
    }

    /// @throws Refusal when the router gives back what it cannot have: it has lost count, and must start anew
    private static List<Grant> decide(Granting granting, List<LeaseRequest> requests) {
        try {
            return requests.stream().map(granting::grant).toList();
        } catch (IllegalArgumentException lostCount) {
            throw new Refusal(ProblemCode.STATE_CONFLICT, String.valueOf(lostCount.getMessage()));
        }
    }

    /// Who got nothing is told who may hand something over.
    private List<Grant> withHolders(List<Grant> grants, StreamId stream) {
        var poor = grants.stream()
                .filter(Grant::isInVain)
                .map(grant -> grant.request().customer())
                .collect(Collectors.toSet());
        if (poor.isEmpty()) {
            return grants;
        }
        var held = leases.held(poor);
        return grants.stream()
                .map(grant -> grant.isInVain()
                        ? grant.heldBy(held.stream()
                                .filter(one -> grant.couldUse(one, stream))
                                .toList())
                        : grant)
                .toList();
    }

    private static Set<String> keysOf(List<LeaseRequest> requests) {
        return requests.stream()
                .map(LeaseRequest::keyId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private static Set<Account> accountsOf(Set<CustomerId> customers) {
        return customers.stream()
                .flatMap(customer -> Stream.of(Account.available(customer), Account.leased(customer)))
                .collect(Collectors.toSet());
    }
}
