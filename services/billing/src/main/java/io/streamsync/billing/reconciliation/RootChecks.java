package io.streamsync.billing.reconciliation;

import io.streamsync.billing.archive.ArchivedLeaves;
import io.streamsync.billing.archive.FrameDigests.Days;
import io.streamsync.protocol.settlement.GrowingTree;
import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.protocol.settlement.StreamRange;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Rebuilds the root of each sealed window from archived frames, and holds it against the published one.
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

    Check check() {
        var wrong = new ArrayList<String>();
        var sealed = jdbc.sql("""
                select s.place, s.header, p.hash as previous from settlement s
                left join settlement p on p.place = s.place - 1
                where not exists (select from reconciled_settlement r where r.place = s.place)
                order by s.place limit ?""")
                .param(AT_ONCE)
                .query((row, number) -> new Sealed(
                        row.getLong("place"),
                        SettlementHeader.parse(row.getBytes("header")),
                        Optional.ofNullable(row.getString("previous")).orElse(SettlementHeader.NO_PREVIOUS)))
                .list();
        for (var window : sealed) {
            var found = wrong(window);
            if (found.isEmpty()) {
                jdbc.sql("insert into reconciled_settlement (place) values (?)")
                        .param(window.place())
                        .update();
            }
            wrong.addAll(found);
        }
        return Check.ofAll("root", sealed.size(), wrong);
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
        return wrong;
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
