package io.streamsync.billing.deposit;

import io.streamsync.billing.account.Accounts;
import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Balances;
import io.streamsync.billing.ledger.Batch;
import io.streamsync.billing.ledger.Closing;
import io.streamsync.billing.ledger.Entries;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.billing.rail.RailFunds;
import io.streamsync.billing.statement.Statement;
import io.streamsync.billing.statement.StatementEntry;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.money.Amount;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Takes deposit requests, and credits each payment once.
@Component
class Deposits {

    private final DepositRows rows;
    private final List<DepositRail> rails;
    private final DepositProperties properties;
    private final Accounts accounts;
    private final Closing closing;
    private final Ledger ledger;
    private final RailFunds funds;
    private final Statement statement;
    private final DepositLog log;
    private final InstantSource clock;

    Deposits(
            DepositRows rows,
            ObjectProvider<DepositRail> rails,
            DepositProperties properties,
            Accounts accounts,
            Closing closing,
            Ledger ledger,
            RailFunds funds,
            Statement statement,
            DepositLog log,
            InstantSource clock) {
        this.rows = rows;
        this.rails = rails.orderedStream().toList();
        this.properties = properties;
        this.accounts = accounts;
        this.closing = closing;
        this.ledger = ledger;
        this.funds = funds;
        this.statement = statement;
        this.log = log;
        this.clock = clock;
    }

    @Transactional
    Deposit request(CustomerId customer, Amount amount, String railName) {
        var rail = rail(railName);
        requirePossible(customer, amount);
        var deposit = new Deposit("dep_" + UUID.randomUUID(), customer, amount, rail.name(), Deposit.Status.PENDING);
        rows.add(deposit);
        return switch (rail.request(deposit)) {
            case DepositRail.Payment.Awaited _ -> deposit;
            case DepositRail.Payment.Received(var paymentId) -> received(deposit.id(), paymentId);
        };
    }

    Optional<Deposit> find(CustomerId customer, String depositId) {
        return rows.find(depositId).filter(deposit -> deposit.customer().equals(customer));
    }

    /// A rail has the money. Reported again, or for another deposit, the same payment changes nothing. Nor does another
    /// payment for a deposit that is credited, but somebody has to look at it.
    @Transactional
    Deposit received(String depositId, String paymentId) {
        var deposit = rows.lock(depositId);
        if (deposit.status() == Deposit.Status.CREDITED) {
            if (rows.contradicted(deposit, paymentId, clock.instant())) {
                log.contradicted(deposit, paymentId);
            }
            return deposit;
        }
        return credited(deposit, paymentId)
                .map(after -> booked(deposit, paymentId, after))
                .orElse(deposit);
    }

    private Optional<Balances> credited(Deposit deposit, String paymentId) {
        closing.until(); // before accounts: who seals, and waits for all who book, must not come between
        var available = Account.available(deposit.customer());
        var leased = Account.leased(deposit.customer());
        var outside = Account.deposits(deposit.amount().asset());
        var entries = new Entries().move(outside, available, deposit.amount().nanoUnits());
        var batch =
                new Batch("deposit/" + deposit.rail() + "/" + paymentId, Batch.Kind.DEPOSIT, clock.instant(), entries);
        try {
            return ledger.post(batch, ledger.lock(List.of(outside, available, leased)));
        } catch (ArithmeticException overflow) {
            throw new Refusal(ProblemCode.AMOUNT_INVALID, "More money than this installation can count.");
        }
    }

    private Deposit booked(Deposit deposit, String paymentId, Balances after) {
        funds.cameIn(deposit.rail(), deposit.customer(), deposit.amount().nanoUnits());
        accounts.tellOfCredit(deposit.customer());
        var credited = deposit.credited();
        var now = clock.instant();
        rows.credit(credited, paymentId, now);
        statement.add(List.of(new StatementEntry(
                deposit.customer(),
                now,
                StatementEntry.Kind.DEPOSIT,
                deposit.amount().nanoUnits(),
                after.of(Account.available(deposit.customer())) + after.of(Account.leased(deposit.customer())),
                deposit.id())));
        return credited;
    }

    private DepositRail rail(String name) {
        return rails.stream()
                .filter(rail -> rail.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Refusal(ProblemCode.INVALID_REQUEST, "This installation has no such rail.")
                        .field(
                                "rail",
                                "one of: "
                                        + String.join(
                                                ", ",
                                                rails.stream()
                                                        .map(DepositRail::name)
                                                        .toList())));
    }

    private void requirePossible(CustomerId customer, Amount amount) {
        if (!amount.isPositive()) {
            throw new Refusal(ProblemCode.AMOUNT_INVALID, "A deposit is above zero.");
        }
        var largest = properties.largestNano();
        if (amount.nanoUnits() > largest) {
            throw new Refusal(
                            ProblemCode.AMOUNT_INVALID, "One deposit is at most " + Amount.decimal(largest) + " USDC.")
                    .with("maximum", Amount.decimal(largest));
        }
        var room = properties.largestBalanceNano()
                - ledger.balance(Account.available(customer))
                - ledger.balance(Account.leased(customer))
                - ledger.balance(Account.withdrawing(customer)); // it may come back
        if (amount.nanoUnits() > room) {
            throw new Refusal(
                            ProblemCode.AMOUNT_INVALID,
                            "An account holds at most " + properties.largestBalance() + " USDC.")
                    .with("maximum", Amount.decimal(Math.max(0, room)));
        }
    }
}
