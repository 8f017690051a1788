package io.streamsync.billing.reconciliation;

import io.streamsync.billing.archive.ArchivedLeaves;
import io.streamsync.billing.archive.FrameDigests.Days;
import io.streamsync.billing.ledger.Account;
import io.streamsync.protocol.settlement.GrowingTree;
import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.protocol.settlement.StakeShares;
import io.streamsync.protocol.settlement.StreamRange;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Rebuilds the root of each sealed window from archived frames, and holds it against the published one; what was paid
/// for the window against the stakes that it signed.
@Component
class RootChecks {

    /// Each once, and not all of a long history in one run.
    private static final int AT_ONCE = 12;

    /// Some ten frames.
    private static final int LEAVES_AT_ONCE = 2_560;

    private final JdbcClient jdbc;
    private final ArchivedLeaves leaves;

    RootChecks(JdbcClient jdbc, ArchivedLeaves leaves) {
        this.jdbc = jdbc;
        this.leaves = leaves;
    }

    /// Windows that did not fit are looked at apart from new ones, the longest ago first: they hide none of them.
    Check check() {
        var wrong = new ArrayList<String>();
        var looked = look("r.place is null", "s.place", wrong)
                + look("not r.fits and r.looked_at < now()", "r.looked_at, s.place", wrong);
        var others = jdbc.sql("""
                select 'epoch ' || s.epoch || ' did not fit when it was looked at last' from settlement s
                join reconciled_settlement r using (place) where not r.fits and r.looked_at < now() order by place""").query(String.class).list();
        wrong.addAll(others);
        return Check.ofAll("root", looked + others.size(), wrong);
    }

    /// @return how many windows were looked at
    private int look(String which, String order, List<String> wrong) {
        var sealed = jdbc.sql("""
                select s.place, s.header, p.hash as previous from settlement s
                left join settlement p on p.place = s.place - 1
                left join reconciled_settlement r on r.place = s.place
                where %s order by %s limit ?""".formatted(which, order))
                .param(AT_ONCE)
                .query((row, number) -> new Sealed(
                        row.getLong("place"),
                        SettlementHeader.parse(row.getBytes("header")),
                        Optional.ofNullable(row.getString("previous")).orElse(SettlementHeader.NO_PREVIOUS)))
                .list();
        for (var window : sealed) {
            var found = wrong(window);
            jdbc.sql("""
                    insert into reconciled_settlement (place, fits, looked_at) values (?, ?, now())
                    on conflict (place) do update set fits = excluded.fits, looked_at = excluded.looked_at""").params(window.place(), found.isEmpty()).update();
            wrong.addAll(found);
        }
        return sealed.size();
    }

    private List<String> wrong(Sealed window) {
        var wrong = new ArrayList<String>();
        var epoch = window.header().epoch();
        if (!window.header().previous().equals(window.previous())) {
            wrong.add("epoch " + epoch + " does not follow the settlement before it");
        }
        var root = HexFormat.of().formatHex(root(window.place()));
        if (!root.equals(window.header().root())) {
            wrong.add("epoch " + epoch + " has the root " + root + " by its frames, published is "
                    + window.header().root());
        }
        shares(window.place()).ifPresent(shares -> wrong.addAll(wrongShares(epoch, shares)));
        return wrong;
    }

    /// Whom its entries gave more than the stakes that it signed, or less.
    private List<String> wrongShares(long epoch, StakeShares shares) {
        var more = new TreeMap<String, Long>();
        jdbc.sql("""
                select a.name, e.amount from ledger_batch b join ledger_entry e on e.batch_id = b.id
                join ledger_account a on a.id = e.account_id where b.key = ?""").param("settlement/" + epoch).query(row -> {
            more.put(row.getString("name"), row.getLong("amount"));
        });
        shares.all()
                .forEach(share -> more.merge(Account.held(share.operatorId()).name(), -share.share(), Math::addExact));
        more.merge(Account.STAKERS.name(), shares.sum(), Math::addExact);
        more.values().removeIf(nano -> nano == 0);
        return more.entrySet().stream()
                .map(one ->
                        "epoch " + epoch + " gave " + one.getKey() + " " + one.getValue() + " more than by its stakes")
                .toList();
    }

    /// Empty where the window was sealed before stakes were published.
    private Optional<StakeShares> shares(long place) {
        return jdbc.sql("select shares from settlement_stakes where place = ?")
                .param(place)
                .query((row, number) -> StakeShares.parse(row.getBytes("shares")))
                .optional();
    }

    private byte[] root(long place) {
        var tree = new GrowingTree();
        var ranges = jdbc.sql("""
                select router, incarnation, from_position, to_position, first_day, last_day from settlement_range
                where place = ? order by first_leaf""")
                .param(place)
                .query((row, number) -> new Placed(
                        new StreamRange(
                                row.getInt("router"),
                                row.getInt("incarnation"),
                                row.getLong("from_position"),
                                row.getLong("to_position")),
                        new Days(
                                row.getDate("first_day").toLocalDate(),
                                row.getDate("last_day").toLocalDate())))
                .list();
        ranges.forEach(range -> add(range, tree));
        return tree.root();
    }

    private void add(Placed placed, GrowingTree tree) {
        var range = placed.range();
        for (var from = range.from(); from < range.to(); from += LEAVES_AT_ONCE) {
            var to = Math.min(range.to(), from + LEAVES_AT_ONCE);
            leaves.read(new StreamRange(range.router(), range.incarnation(), from, to), placed.days())
                    .forEach(leaf -> tree.add(leaf.hash()));
        }
    }

    private record Sealed(long place, SettlementHeader header, String previous) {}

    private record Placed(StreamRange range, Days days) {}
}
