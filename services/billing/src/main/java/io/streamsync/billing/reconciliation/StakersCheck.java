package io.streamsync.billing.reconciliation;

import io.streamsync.billing.archive.ArchivedLeaves;
import io.streamsync.billing.archive.FrameDigests.Days;
import io.streamsync.billing.archive.RaceRows;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.billing.parameters.ParameterVersions;
import io.streamsync.protocol.fee.FeeSplit;
import io.streamsync.protocol.record.PublicRecord;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.settlement.StreamRange;
import io.streamsync.protocol.settlement.Tally;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Holds the stakers' pool against what is to be shared out: what the last settlement carried on, and by the frames the
/// shares of what is posted and not sealed.
@Component
class StakersCheck {

    private static final Days ALL = new Days(LocalDate.EPOCH, LocalDate.of(9999, 12, 31));

    /// Races looked up together.
    private static final int AT_ONCE = 2_000;

    private final JdbcClient jdbc;
    private final ArchivedLeaves leaves;
    private final RaceRows races;
    private final ParameterVersions parameters;
    private final Ledger ledger;

    StakersCheck(JdbcClient jdbc, ArchivedLeaves leaves, RaceRows races, ParameterVersions parameters, Ledger ledger) {
        this.jdbc = jdbc;
        this.leaves = leaves;
        this.races = races;
        this.parameters = parameters;
        this.ledger = ledger;
    }

    Check check() {
        var due = jdbc.sql("select coalesce((select stakers_carried from settlement order by place desc limit 1), 0)")
                .query(BigDecimal.class)
                .single();
        for (var stream : unsealed()) {
            due = due.add(stream.nano());
            if (stream.reversing()) {
                due = due.add(BigDecimal.valueOf(sharedOutBefore(stream.range())));
            }
        }
        return Check.of("stakers", due, ledger.balance(Account.STAKERS));
    }

    /// What is posted and not sealed of each stream, and what the stakers' shares in it come to.
    private List<Unsealed> unsealed() {
        return jdbc.sql("""
                select s.router, s.incarnation, coalesce(r.to_position, 0) as settled, s.next_position, f.nano, f.reversing
                from stream s
                left join lateral (
                    select to_position from settlement_range r
                    where r.router = s.router and r.incarnation = s.incarnation
                    order by from_position desc limit 1) r on true
                cross join lateral (
                    select coalesce(sum(f.sums[5]), 0) as nano, coalesce(bool_or(f.sums[2] <> 0), false) as reversing
                    from archive_frame f
                    where f.router = s.router and f.incarnation = s.incarnation
                        and f.first_position >= coalesce(r.to_position, 0)) f
                where s.next_position > coalesce(r.to_position, 0)""")
                .query((row, number) -> new Unsealed(
                        new StreamRange(
                                row.getInt("router"),
                                row.getInt("incarnation"),
                                row.getLong("settled"),
                                row.getLong("next_position")),
                        row.getBigDecimal("nano"),
                        row.getBoolean("reversing")))
                .list();
    }

    /// Shares that these records give back of races whose window was over: they were shared out, or are going
    /// to be, and others gave them.
    private long sharedOutBefore(StreamRange range) {
        var windows = windows(range);
        var sum = new Object() {
            long nano;
        };
        Map<Long, Placed> reversals = new HashMap<>();
        leaves.readReversing(range, ALL, leaf -> {
            if (leaf.record() instanceof PublicRecord.Verified(var verified)
                    && verified.feeNano() > 0
                    && Tally.givesBack(verified)) {
                reversals.put(verified.sequence(), new Placed(leaf.position(), verified));
            }
            if (reversals.size() == AT_ONCE) {
                sum.nano = Math.addExact(sum.nano, ofEarlierWindows(range, windows, reversals));
                reversals.clear();
            }
        });
        return Math.addExact(sum.nano, ofEarlierWindows(range, windows, reversals));
    }

    private long ofEarlierWindows(StreamRange range, NavigableSet<Long> windows, Map<Long, Placed> reversals) {
        if (reversals.isEmpty()) {
            return 0;
        }
        var nano = 0L;
        for (var race : races.find(range.router(), range.incarnation(), new ArrayList<>(reversals.keySet()))) {
            var reversal = reversals.get(race.address().sequence());
            var window = reversal == null ? null : windows.floor(reversal.position());
            if (reversal != null && window != null && race.position() < window) {
                nano = Math.addExact(nano, stakers(reversal.verified()));
            }
        }
        return nano;
    }

    private long stakers(Verified verified) {
        var inForce = parameters.find(verified.parametersVersion()).orElseThrow();
        return FeeSplit.of(verified.feeNano(), inForce).stakers();
    }

    /// Where windows begin in it.
    private NavigableSet<Long> windows(StreamRange range) {
        var windows = new TreeSet<>(jdbc.sql("""
                        select next_position from settlement_mark
                        where router = ? and incarnation = ? and next_position > ?""")
                .params(range.router(), range.incarnation(), range.from())
                .query(Long.class)
                .list());
        windows.add(range.from());
        return windows;
    }

    /// @param nano stakers' shares, without those given back
    /// @param reversing whether any are given back
    private record Unsealed(StreamRange range, BigDecimal nano, boolean reversing) {}

    private record Placed(long position, Verified verified) {}
}
