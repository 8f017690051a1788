package io.streamsync.billing.statement;

import io.streamsync.billing.account.Accounts;
import io.streamsync.billing.account.AnyKey;
import io.streamsync.billing.account.Caller;
import io.streamsync.billing.account.RateCap;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.billing.usage.Usage;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.money.Amount;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// What a customer has.
@RestController
class BalanceController {

    private final Accounts accounts;
    private final Ledger ledger;
    private final Usage usage;
    private final InstantSource clock;

    BalanceController(Accounts accounts, Ledger ledger, Usage usage, InstantSource clock) {
        this.accounts = accounts;
        this.ledger = ledger;
        this.usage = usage;
        this.clock = clock;
    }

    /// One snapshot of the database: money that moves between available and reserved is seen once.
    @GetMapping("/v1/account")
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public BalanceView balance(@AnyKey Caller caller) {
        return view(caller);
    }

    private BalanceView view(Caller caller) {
        var available = ledger.balance(Account.available(caller.customer()));
        var leased = ledger.balance(Account.leased(caller.customer()));
        var today = usage.since(caller.customer(), clock.instant().truncatedTo(ChronoUnit.DAYS));
        return new BalanceView(
                caller.customer().value(),
                Amount.decimal(Math.addExact(available, leased)),
                Amount.decimal(available),
                Amount.decimal(leased),
                Amount.decimal(today.charged()),
                Amount.decimal(today.refunded()),
                accounts.rateCap(caller.customer()));
    }

    @PatchMapping("/v1/account")
    @Transactional
    public BalanceView limit(Caller caller, @RequestBody ObjectNode change) {
        accounts.limit(caller.customer(), rateCap(change));
        return view(caller);
    }

    private static @Nullable Integer rateCap(ObjectNode change) {
        if (change.size() != 1 || !change.has("rateCap")) {
            throw new Refusal(ProblemCode.INVALID_REQUEST, "The account cannot be changed so.")
                    .field("rateCap", "this one, and nothing else");
        }
        return RateCap.read(change.get("rateCap"));
    }

    /// @param reserved leased to routers: only `available` can leave
    /// @param spentToday gross, the asks of all races answered since midnight UTC
    public record BalanceView(
            String accountId,
            String balance,
            String available,
            String reserved,
            String spentToday,
            String refundedToday,
            @Nullable Integer rateCap) {}
}
