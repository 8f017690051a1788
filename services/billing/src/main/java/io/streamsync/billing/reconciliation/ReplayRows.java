package io.streamsync.billing.reconciliation;

import io.streamsync.billing.archive.RaceRow;
import io.streamsync.billing.archive.RaceRows;
import io.streamsync.billing.stream.StreamId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// What a replay has to know besides the frames, and the entries that it is compared with.
@Repository
class ReplayRows {

    private final JdbcClient jdbc;
    private final RaceRows races;

    ReplayRows(JdbcClient jdbc, RaceRows races) {
        this.jdbc = jdbc;
        this.races = races;
    }

    Known exceptions(StreamId stream, long from, long to) {
        return new Known(
                stream,
                new HashSet<>(jdbc.sql("""
                        select position from insured_charge
                        where router = ? and incarnation = ? and position >= ? and position < ?""")
                        .params(stream.router(), stream.incarnation(), from, to)
                        .query(Long.class)
                        .list()),
                lapses(stream, "position", "not by_clock", from, to),
                lapses(stream, "position", "by_clock", from, to + 1),
                lapses(stream, "returned_at", "true", from, to));
    }

    /// What the batches of these positions booked, by owner.
    Map<String, Long> booked(StreamId stream, long from, long to) {
        var owners = new HashMap<String, Long>();
        jdbc.sql("""
                select a.name, sum(e.amount) as nano from archive_frame f
                join ledger_batch b on b.key = 'races/' || f.router || '/' || f.incarnation || '/' || f.first_position
                join ledger_entry e on e.batch_id = b.id
                join ledger_account a on a.id = e.account_id
                where f.router = ? and f.incarnation = ? and f.first_position >= ? and f.first_position < ?
                group by a.name""").params(stream.router(), stream.incarnation(), from, to).query(row -> {
            owners.merge(owner(row.getString("name")), row.getLong("nano"), Math::addExact);
        });
        owners.values().removeIf(nano -> nano == 0);
        return owners;
    }

    private Map<Long, Long> lapses(StreamId stream, String at, String which, long from, long to) {
        var shares = new HashMap<Long, Long>();
        jdbc.sql("""
                select %1$s as at, sum(share) as nano from race_lapse
                where router = ? and incarnation = ? and %1$s >= ? and %1$s < ? and %2$s group by %1$s""".formatted(at, which))
                .params(stream.router(), stream.incarnation(), from, to)
                .query(row -> {
                    shares.put(row.getLong("at"), row.getLong("nano"));
                });
        return shares;
    }

    private static String owner(String account) {
        return account.startsWith("customer:") || account.startsWith("operator:")
                ? account.substring(0, account.lastIndexOf(':'))
                : account;
    }

    /// What was found of one stream.
    final class Known implements Tally.Exceptions {

        private final StreamId stream;
        private final Set<Long> insured;
        private final Map<Long, Long> lapsed;
        private final Map<Long, Long> lapsedByClock;
        private final Map<Long, Long> returned;
        private final Map<Long, RaceRow> reversed = new HashMap<>();

        Known(
                StreamId stream,
                Set<Long> insured,
                Map<Long, Long> lapsed,
                Map<Long, Long> lapsedByClock,
                Map<Long, Long> returned) {
            this.stream = stream;
            this.insured = insured;
            this.lapsed = lapsed;
            this.lapsedByClock = lapsedByClock;
            this.returned = returned;
        }

        /// Races whose fee was given back are looked up together.
        void prepare(Collection<Long> sequences) {
            reversed.clear();
            if (!sequences.isEmpty()) {
                races.find(stream.router(), stream.incarnation(), sequences)
                        .forEach(race -> reversed.put(race.address().sequence(), race));
            }
        }

        @Override
        public boolean isInsured(long position) {
            return insured.contains(position);
        }

        @Override
        public String payerOf(long sequence) {
            var race = reversed.get(sequence);
            return race == null || isInsuredEver(race.position())
                    ? ""
                    : race.customer().value();
        }

        @Override
        public long lapsedAt(long position) {
            return lapsed.getOrDefault(position, 0L);
        }

        @Override
        public long lapsedBefore(long position) {
            return lapsedByClock.getOrDefault(position, 0L);
        }

        @Override
        public long returnedAt(long position) {
            return returned.getOrDefault(position, 0L);
        }

        private boolean isInsuredEver(long position) {
            return insured.contains(position)
                    || jdbc.sql(
                                    "select exists (select from insured_charge where router = ? and incarnation = ? and position = ?)")
                            .params(stream.router(), stream.incarnation(), position)
                            .query(Boolean.class)
                            .single();
        }
    }
}
