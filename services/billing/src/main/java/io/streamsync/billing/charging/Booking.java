package io.streamsync.billing.charging;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.archive.RaceRow;
import io.streamsync.billing.earning.Takings;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Balances;
import io.streamsync.billing.ledger.Batch;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.billing.refund.Refund;
import io.streamsync.billing.refund.Refunds;
import io.streamsync.billing.statement.Statement;
import io.streamsync.billing.statement.StatementEntry;
import io.streamsync.protocol.record.RaceIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/// Puts a charged batch into the books: net entries, refunds, and the customers' statements.
@Component
class Booking {

    private final Ledger ledger;
    private final Refunds refunds;
    private final Statement statement;
    private final Takings takings;
    private final RaceIds raceIds;

    Booking(Ledger ledger, Refunds refunds, Statement statement, Takings takings, RaceIds raceIds) {
        this.ledger = ledger;
        this.refunds = refunds;
        this.statement = statement;
        this.takings = takings;
        this.raceIds = raceIds;
    }

    /// @param windowFrom from which position on the stakers' shares have not been shared out
    void book(String key, ChargedBatch batch, Map<Reversal, RaceRow> reversed, long windowFrom, Instant now) {
        var before = ledger.lock(accounts(batch, reversed));
        var reversing = new Reversing(before, batch.entries());
        var reversals = new ArrayList<Refund>();
        reversed.forEach((reversal, race) -> {
            reversing.reverse(reversal, race, windowFrom);
            if (race.charged() > 0) {
                reversals.add(refund(reversal, race));
            }
        });
        refunds.add(batch.refunds());
        refunds.add(reversals);
        statement.add(lines(key, batch, reversals, before, now));
        if (ledger.post(new Batch(key, Batch.Kind.RACES, now, batch.entries()), before)
                .isEmpty()) {
            throw new IllegalStateException("booked before: " + key);
        }
        takings.add(key, reversing.taken());
    }

    private Refund refund(Reversal reversal, RaceRow race) {
        return Refund.reversed(
                raceIds.seal(race.address(), race.occurredAt().toEpochMilli()),
                race.address(),
                race.customer(),
                reversal.reason(),
                reversal.fee(),
                reversal.occurredAt());
    }

    private static Set<Account> accounts(ChargedBatch batch, Map<Reversal, RaceRow> reversed) {
        var accounts = new HashSet<>(batch.entries().accounts());
        batch.charges().keySet().forEach(customer -> accounts.addAll(ofCustomer(customer)));
        reversed.forEach((reversal, race) -> {
            accounts.addAll(Reversing.accounts(reversal, race));
            accounts.addAll(ofCustomer(race.customer()));
        });
        return accounts;
    }

    /// A line per customer for what the batch charges, and one per race that was reversed.
    private static List<StatementEntry> lines(
            String key, ChargedBatch batch, List<Refund> reversals, Balances before, Instant now) {
        var lines = new ArrayList<StatementEntry>();
        var balances = new HashMap<CustomerId, Long>();
        batch.charges().forEach((customer, charged) -> {
            balances.put(customer, balance(before, customer) - charged);
            lines.add(new StatementEntry(
                    customer, now, StatementEntry.Kind.CHARGE, -charged, balance(balances, before, customer), key));
        });
        for (var refund : reversals) {
            var balance = balance(balances, before, refund.customer()) + refund.reversed();
            balances.put(refund.customer(), balance);
            lines.add(new StatementEntry(
                    refund.customer(), now, StatementEntry.Kind.REFUND, refund.reversed(), balance, refund.id()));
        }
        return lines;
    }

    private static long balance(Map<CustomerId, Long> running, Balances before, CustomerId customer) {
        var balance = running.get(customer);
        return balance == null ? balance(before, customer) : balance;
    }

    private static long balance(Balances before, CustomerId customer) {
        return before.of(Account.available(customer)) + before.of(Account.leased(customer));
    }

    private static List<Account> ofCustomer(CustomerId customer) {
        return List.of(Account.available(customer), Account.leased(customer));
    }
}
