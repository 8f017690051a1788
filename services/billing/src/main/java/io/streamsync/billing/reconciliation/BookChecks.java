package io.streamsync.billing.reconciliation;

import io.streamsync.billing.ledger.Account;
import io.streamsync.protocol.money.Asset;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What has to hold within the books alone, whatever the frames say.
@Component
class BookChecks {

    private final JdbcClient jdbc;

    BookChecks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Check> checks() {
        return List.of(zero(), balances(), leased(), over(), verifiers(), deposits());
    }

    private Check zero() {
        var sums = jdbc.sql(
                        "select asset || ' ' || sum(balance) from ledger_account group by asset having sum(balance) <> 0")
                .query(String.class)
                .list();
        return Check.ofAll(
                "zero", 2, sums.stream().map(sum -> "all accounts hold " + sum).toList());
    }

    /// Balances are sums of entries: of those since the last time that it was so. Entries of an account are numbered in
    /// the order of their commits, because it is locked before its batch has a number.
    private Check balances() {
        var wrong = new ArrayList<String>();
        var accounts = jdbc.sql("""
                select a.id, a.name, a.balance, coalesce(r.balance, 0) + coalesce(e.sum, 0) as summed, e.last
                from ledger_account a
                left join reconciled_account r on r.account_id = a.id
                cross join lateral (
                    select sum(amount) as sum, max(batch_id) as last from ledger_entry
                    where account_id = a.id and batch_id > coalesce(r.batch_id, 0)) e
                where e.last is not null or a.balance <> coalesce(r.balance, 0)""")
                .query((row, number) -> new Summed(
                        row.getLong("id"),
                        row.getString("name"),
                        row.getBigDecimal("balance"),
                        row.getBigDecimal("summed"),
                        row.getLong("last")))
                .list();
        var fitting = new ArrayList<Summed>();
        for (var account : accounts) {
            if (account.balance().compareTo(account.summed()) == 0) {
                fitting.add(account);
            } else {
                wrong.add(account.name() + " holds " + account.balance() + ", its entries are " + account.summed());
            }
        }
        remember(fitting);
        return Check.ofAll("balances", accounts.size(), wrong);
    }

    private void remember(List<Summed> accounts) {
        if (accounts.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into reconciled_account (account_id, batch_id, balance)
                select id, batch, balance from unnest(:ids, :batches, :balances) as a (id, batch, balance)
                on conflict (account_id) do update set batch_id = excluded.batch_id, balance = excluded.balance""")
                .param("ids", accounts.stream().mapToLong(Summed::id).toArray())
                .param("batches", accounts.stream().mapToLong(Summed::last).toArray())
                .param(
                        "balances",
                        accounts.stream()
                                .mapToLong(account -> account.balance().longValueExact())
                                .toArray())
                .update();
    }

    private Check leased() {
        var counts = jdbc.sql("""
                with open as (
                    select account_id, sum(granted - posted) as nano from credit_lease where state = 'OPEN'
                    group by account_id),
                booked as (
                    select split_part(name, ':', 2) as account_id, balance from ledger_account
                    where name like 'customer:%:leased' and balance <> 0)
                select coalesce(o.account_id, b.account_id) as customer, coalesce(o.nano, 0) as open,
                    coalesce(b.balance, 0) as leased
                from open o full join booked b on b.account_id = o.account_id""")
                .query((row, number) -> {
                    var open = row.getBigDecimal("open");
                    var leased = row.getBigDecimal("leased");
                    return open.compareTo(leased) == 0
                            ? ""
                            : "customer " + row.getString("customer") + " has " + leased + " leased, its open leases "
                                    + open;
                })
                .list();
        return Check.ofAll(
                "leased",
                counts.size(),
                counts.stream().filter(text -> !text.isEmpty()).toList());
    }

    /// Nobody would ever close a lease of a stream that is over.
    private Check over() {
        var holding = jdbc.sql("""
                select l.router || '/' || l.incarnation as stream, count(*) as leases,
                    s.ended_at is not null or s.closed_at is not null as over
                from credit_lease l join stream s using (router, incarnation)
                where l.state = 'OPEN' group by 1, 3""")
                .query((row, number) -> row.getBoolean("over")
                        ? "stream " + row.getString("stream") + " is over and has " + row.getLong("leases")
                                + " open leases"
                        : "")
                .list();
        return Check.ofAll(
                "over",
                holding.size(),
                holding.stream().filter(text -> !text.isEmpty()).toList());
    }

    /// Shares wait in the pool for verdicts of streams that go on, and for nothing else.
    private Check verifiers() {
        var waiting = jdbc.sql("select coalesce(sum(unverified), 0) from stream")
                .query(BigDecimal.class)
                .single();
        return Check.of("verifiers", waiting, balance(Account.VERIFIERS));
    }

    /// Money comes from outside by deposits alone.
    private Check deposits() {
        var credited = jdbc.sql("select coalesce(sum(amount), 0) from deposit where status = 'CREDITED'")
                .query(BigDecimal.class)
                .single();
        return Check.of(
                "deposits", credited, balance(Account.deposits(Asset.USDC)).negate());
    }

    private BigDecimal balance(Account account) {
        return jdbc.sql("select coalesce(sum(balance), 0) from ledger_account where name = ? and asset = ?")
                .params(account.name(), account.asset().name())
                .query(BigDecimal.class)
                .single();
    }

    private record Summed(long id, String name, BigDecimal balance, BigDecimal summed, long last) {}
}
