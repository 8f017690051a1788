package io.streamsync.billing.settlement;

import io.streamsync.billing.archive.ArchivedLeaves;
import io.streamsync.billing.archive.RaceRow;
import io.streamsync.billing.archive.RaceRows;
import io.streamsync.billing.parameters.ParameterVersions;
import io.streamsync.protocol.record.PublicRecord;
import io.streamsync.protocol.record.RaceIds;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.settlement.Leaf;
import io.streamsync.protocol.settlement.StreamRange;
import io.streamsync.protocol.settlement.Sums;
import io.streamsync.protocol.settlement.Tally;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Names what a window corrects: races of earlier windows whose fee it gives back.
@Component
class Corrections {

    /// Looked up and written together, at some kilobyte each: a window may convict an operator of all that it answered.
    private static final int AT_ONCE = 2_000;

    private final ArchivedLeaves leaves;
    private final RaceRows races;
    private final SettledPlaces places;
    private final ParameterVersions parameters;
    private final RaceIds raceIds;
    private final JdbcClient jdbc;

    Corrections(
            ArchivedLeaves leaves,
            RaceRows races,
            SettledPlaces places,
            ParameterVersions parameters,
            RaceIds raceIds,
            JdbcClient jdbc) {
        this.leaves = leaves;
        this.races = races;
        this.places = places;
        this.parameters = parameters;
        this.raceIds = raceIds;
        this.jdbc = jdbc;
    }

    /// Writes down what a window corrects, before the window itself is written.
    ///
    /// @return what of these the stakers have been paid for already
    Sums add(long place, WindowContent content) {
        var tally = new Tally(version -> parameters.find(version).orElseThrow());
        if (content.sums().refunded() != 0) {
            content.ranges().forEach(range -> add(place, range, tally));
        }
        return tally.sums();
    }

    private void add(long place, SettledRange range, Tally tally) {
        var reversals = new ArrayList<Reversal>();
        leaves.readReversing(range.range(), range.days(), leaf -> {
            reversal(leaf, range).ifPresent(reversals::add);
            if (reversals.size() == AT_ONCE) {
                correct(place, range.range(), reversals, tally);
                reversals.clear();
            }
        });
        if (!reversals.isEmpty()) {
            correct(place, range.range(), reversals, tally);
        }
    }

    private static Optional<Reversal> reversal(Leaf leaf, SettledRange range) {
        return leaf.record() instanceof PublicRecord.Verified(var verified)
                        && verified.feeNano() > 0
                        && Tally.givesBack(verified)
                ? Optional.of(new Reversal(
                        range.firstLeaf() + leaf.position() - range.range().from(), verified))
                : Optional.empty();
    }

    private void correct(long place, StreamRange within, List<Reversal> reversals, Tally tally) {
        var earlier = earlierRaces(within, reversals);
        var settled = places.find(
                within.router(),
                within.incarnation(),
                earlier.values().stream().map(RaceRow::position).toList());
        var corrections = new ArrayList<Correction>();
        for (var reversal : reversals) {
            var race = earlier.get(reversal.verified().sequence());
            var at = race == null ? null : settled.get(race.position());
            if (race != null && at != null) {
                tally.correct(reversal.verified());
                corrections.add(new Correction(reversal.leaf(), raceId(race), at.epoch()));
            }
        }
        insert(place, corrections);
    }

    /// The races that are given back and were answered before the window, by number.
    private Map<Long, RaceRow> earlierRaces(StreamRange within, List<Reversal> reversals) {
        var sequences = reversals.stream()
                .map(reversal -> reversal.verified().sequence())
                .toList();
        var times = reversals.stream()
                .map(reversal -> Instant.ofEpochMilli(reversal.verified().occurredAt()))
                .sorted()
                .toList();
        var found = new HashMap<Long, RaceRow>();
        races.find(within.router(), within.incarnation(), sequences, times.getFirst(), times.getLast())
                .forEach(race -> found.put(race.address().sequence(), race));
        var missing = sequences.stream()
                .filter(sequence -> !found.containsKey(sequence))
                .toList();
        if (!missing.isEmpty()) {
            races.find(within.router(), within.incarnation(), missing)
                    .forEach(race -> found.put(race.address().sequence(), race));
        }
        found.values().removeIf(race -> race.position() >= within.from());
        return found;
    }

    private String raceId(RaceRow race) {
        return raceIds.seal(race.address(), race.occurredAt().toEpochMilli());
    }

    private void insert(long place, List<Correction> corrections) {
        jdbc.sql("""
                insert into settlement_correction (place, leaf, race_id, epoch)
                select :place, leaf, race_id, epoch from unnest(:leaves, :races, :epochs) as c (leaf, race_id, epoch)""")
                .param("place", place)
                .param(
                        "leaves",
                        corrections.stream().mapToLong(Correction::leaf).toArray())
                .param("races", corrections.stream().map(Correction::raceId).toArray(String[]::new))
                .param(
                        "epochs",
                        corrections.stream().mapToLong(Correction::epoch).toArray())
                .update();
    }

    /// In the order of their leaves.
    List<Corrected> of(long place, int limit) {
        return jdbc.sql("select race_id, epoch from settlement_correction where place = ? order by leaf limit ?")
                .params(place, limit)
                .query((row, number) -> new Corrected(row.getString("race_id"), row.getLong("epoch")))
                .list();
    }

    long count(long place) {
        return jdbc.sql("select count(*) from settlement_correction where place = ?")
                .param(place)
                .query(Long.class)
                .single();
    }

    /// A fee given back.
    ///
    /// @param leaf of the verdict
    private record Reversal(long leaf, Verified verified) {}

    /// @param leaf that gives the fee back
    /// @param epoch of the window that has the race
    private record Correction(long leaf, String raceId, long epoch) {}

    /// @param epoch of the window that has the race
    record Corrected(String raceId, long epoch) {}
}
