package io.streamsync.router.race;

import io.streamsync.protocol.draw.SkipReason;
import io.streamsync.protocol.draw.Skipped;
import io.streamsync.protocol.record.StreamRecord;
import io.streamsync.protocol.record.StreamRecord.Answered;
import io.streamsync.protocol.record.StreamRecord.Asked;
import io.streamsync.protocol.record.StreamRecord.AskedPlace;
import io.streamsync.protocol.record.StreamRecord.Outcome;
import io.streamsync.protocol.record.StreamRecord.PrivatePart;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.router.journal.JournalEntry;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// The record that is written before the answer leaves. Made up of what was so when the race ended: encoding runs on
/// the journal's thread while the race goes on.
final class AnsweredEntry implements JournalEntry {

    private final Race race;
    private final Outcome outcome;
    private final List<AskedPlace> places;
    private final List<Skipped> skipped;
    private final Set<SkipReason> despite;

    AnsweredEntry(Race race, RaceEnd end) {
        this.race = race;
        this.outcome = end.outcome();
        this.places = race.places().stream().map(PlaceRun::record).toList();
        this.skipped = List.copyOf(race.skipped());
        this.despite = Set.copyOf(race.despite());
    }

    @Override
    public byte[] encode() {
        var lineup = race.lineup();
        var drawn = lineup.drawn();
        return StreamRecords.encode(new Answered(
                raced(lineup),
                new Asked(places, skipped, drawn.checked(), drawn.unvoted(), despite),
                outcome,
                privatePart(lineup)));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the loop outlives its races
    public void written(long position) {
        race.loop().execute(race::recorded);
    }

    @Override
    public void lost() {
        if (race.lineup().reservation() != null) {
            race.lineup().reservation().cancel();
        }
        race.loop().execute(race::lost);
    }

    private StreamRecord.Race raced(Lineup lineup) {
        var query = lineup.query();
        return new StreamRecord.Race(
                lineup.address().sequence(),
                query.occurredAt(),
                lineup.epoch(),
                lineup.market().hash(),
                race.track().parameters().version(),
                lineup.method().name(),
                lineup.method().queryClass(),
                HexFormat.of().formatHex(lineup.requestHash()),
                query.terms().draw(),
                lineup.bounds().needed());
    }

    /// Last of all: from the settlement on the sum stands for this record's place in the stream.
    private PrivatePart privatePart(Lineup lineup) {
        var query = lineup.query();
        var salt = race.track().salts().of(lineup.address());
        var reservation = lineup.reservation();
        return new PrivatePart(
                salt,
                query.accountId(),
                query.credential().keyId(),
                reservation == null ? null : reservation.leaseId(),
                reservation == null ? 0 : reservation.settle(outcome.feeNano()),
                query.batch(),
                query.batchIndex());
    }
}
