package io.streamsync.billing.settlement;

import io.streamsync.billing.archive.ArchivedLeaves;
import io.streamsync.billing.archive.RaceRow;
import io.streamsync.billing.archive.RaceRows;
import io.streamsync.billing.parameters.ParameterVersions;
import io.streamsync.protocol.record.PublicRecord;
import io.streamsync.protocol.record.RaceIds;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.settlement.StreamRange;
import io.streamsync.protocol.settlement.Sums;
import io.streamsync.protocol.settlement.Tally;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Names what a window corrects: races of earlier windows whose fee it gives back.
@Component
class Corrections {

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

    /// In the order of their leaves.
    ///
    /// @param reversing frames of the window in which fees are given back
    /// @param ranges of the window
    List<Correction> find(List<SettledRange> reversing, List<SettledRange> ranges) {
        var found = new ArrayList<Correction>();
        for (var frame : reversing) {
            var within = ranges.stream()
                    .map(SettledRange::range)
                    .filter(range -> range.router() == frame.range().router()
                            && range.incarnation() == frame.range().incarnation())
                    .findFirst()
                    .orElseThrow();
            for (var leaf : leaves.read(frame.range(), frame.days())) {
                if (leaf.record() instanceof PublicRecord.Verified(var verified)
                        && verified.feeNano() > 0
                        && Tally.givesBack(verified)) {
                    var index =
                            frame.firstLeaf() + leaf.position() - frame.range().from();
                    correction(verified, within, index).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    void add(long place, List<Correction> corrections) {
        for (var correction : corrections) {
            jdbc.sql("insert into settlement_correction (place, leaf, race_id, epoch) values (?, ?, ?, ?)")
                    .params(place, correction.leaf(), correction.raceId(), correction.epoch())
                    .update();
        }
    }

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

    /// What of these the stakers have been paid for already.
    Sums sums(List<Correction> corrections) {
        var tally = new Tally(version -> parameters.find(version).orElseThrow());
        corrections.forEach(correction -> tally.correct(correction.verified()));
        return tally.sums();
    }

    private Optional<Correction> correction(Verified verified, StreamRange within, long leaf) {
        return race(verified, within)
                .filter(race -> race.position() < within.from())
                .flatMap(race -> places.find(within.router(), within.incarnation(), race.position())
                        .map(settled -> new Correction(leaf, raceId(race), settled.epoch(), verified)));
    }

    private String raceId(RaceRow race) {
        return raceIds.seal(race.address(), race.occurredAt().toEpochMilli());
    }

    private Optional<RaceRow> race(Verified verified, StreamRange of) {
        var sequence = List.of(verified.sequence());
        var at = Instant.ofEpochMilli(verified.occurredAt());
        return races.find(of.router(), of.incarnation(), sequence, at, at).stream()
                .findFirst()
                .or(() -> races.find(of.router(), of.incarnation(), sequence).stream()
                        .findFirst());
    }

    /// @param leaf that gives the fee back
    /// @param epoch of the window that has the race
    record Correction(long leaf, String raceId, long epoch, Verified verified) {}

    /// @param epoch of the window that has the race
    record Corrected(String raceId, long epoch) {}
}
