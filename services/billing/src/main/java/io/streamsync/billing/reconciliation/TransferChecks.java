package io.streamsync.billing.reconciliation;

import io.streamsync.billing.ledger.Account;
import io.streamsync.protocol.money.Asset;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Rails: what the books have set aside and what has left is what transfers say, no rail carried more than came in by
/// it, and none of them contradicted itself.
@Component
class TransferChecks {

    private final JdbcClient jdbc;

    TransferChecks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Check> checks() {
        return List.of(inFlight(), paid(), rails(), contradictions());
    }

    private Check inFlight() {
        return all("transfers", """
                with open as (
                    select case kind when 'WITHDRAWAL' then 'customer:' || holder || ':withdrawing'
                        else 'operator:' || holder || ':paying' end as name, sum(amount) as nano
                    from transfer where status in ('WAITING', 'PENDING') group by 1),
                booked as (
                    select name, balance from ledger_account where asset = 'USDC' and balance <> 0
                        and (name like 'customer:%:withdrawing' or name like 'operator:%:paying'))
                select case when coalesce(nano, 0) = coalesce(balance, 0) then '' else name || ' holds '
                    || coalesce(balance, 0) || ', its transfers are ' || coalesce(nano, 0) end
                from open full join booked using (name)""");
    }

    private Check paid() {
        var transfers = jdbc.sql("select coalesce(sum(amount), 0) from transfer where status = 'PAID'")
                .query(BigDecimal.class)
                .single();
        var booked = jdbc.sql("select coalesce(sum(balance), 0) from ledger_account where name = ? and asset = 'USDC'")
                .param(Account.payouts(Asset.USDC).name())
                .query(BigDecimal.class)
                .single();
        return Check.of("payouts", transfers, booked);
    }

    private Check rails() {
        return all("rails", """
                with deposited as (
                    select rail, sum(amount) as nano from deposit where status = 'CREDITED' group by rail),
                carried as (
                    select rail, sum(amount) as nano from transfer where status in ('WAITING', 'PENDING', 'PAID')
                    group by rail)
                select case when came_in = coalesce(d.nano, 0) and went_out = coalesce(c.nano, 0) then ''
                    else 'rail ' || rail || ': in ' || coalesce(came_in, 0) || ', deposits ' || coalesce(d.nano, 0)
                        || '; out ' || coalesce(went_out, 0) || ', transfers ' || coalesce(c.nano, 0) end
                from rail_funds full join deposited d using (rail) full join carried c using (rail)""");
    }

    /// A payment that is credited after all, for another deposit, is none.
    private Check contradictions() {
        return all("contradictions", """
                select case when contradiction is null then '' else 'transfer ' || id || ' is ' || status || ', its rail said '
                    || contradiction end from transfer
                union all
                select 'deposit ' || deposit_id || ' is credited, the rail ' || rail || ' also has ' || payment_id
                from deposit_contradiction c where not exists (
                    select from deposit d where d.rail = c.rail and d.payment_id = c.payment_id)""");
    }

    /// @param sql one text per thing, empty where it fits
    private Check all(String name, String sql) {
        var found = jdbc.sql(sql)
                .query((row, number) -> Objects.toString(row.getString(1), ""))
                .list();
        return Check.ofAll(
                name,
                found.size(),
                found.stream().filter(text -> !text.isEmpty()).toList());
    }
}
