package io.streamsync.billing.archive;

import io.streamsync.protocol.record.Frame;
import io.streamsync.protocol.record.StreamRecord.Answered;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.protocol.settlement.MerkleTree;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Reads races back from their frames.
@Component
public class ArchivedRaces {

    private final VerdictRows verdicts;
    private final Frames frames;

    ArchivedRaces(VerdictRows verdicts, Frames frames) {
        this.verdicts = verdicts;
        this.frames = frames;
    }

    /// Empty when its records are not kept any more.
    public Optional<ArchivedRace> read(RaceRow row) {
        return read(row, new Reading(row));
    }

    /// Neighbours mostly share a frame, which is then read once.
    public List<ArchivedRace> read(List<RaceRow> rows) {
        var races = new ArrayList<ArchivedRace>(rows.size());
        @Nullable Reading reading = null;
        for (var row : rows) {
            if (reading == null || !reading.covers(row)) {
                reading = new Reading(row);
            }
            read(row, reading).ifPresent(races::add);
        }
        return races;
    }

    /// What was asked and charged, in the order of the rows: of one stream.
    public List<Answered> answered(List<RaceRow> rows) {
        var answered = new ArrayList<Answered>(rows.size());
        @Nullable Reading reading = null;
        for (var row : rows) {
            reading = reading == null ? new Reading(row) : reading;
            answered.add((Answered) StreamRecords.decode(reading.record(row.position(), row.postedOn())
                    .orElseThrow(() -> new IllegalStateException(
                            "no frame holds position " + row.position() + " of race " + row.address()))));
        }
        return answered;
    }

    private Optional<ArchivedRace> read(RaceRow row, Reading reading) {
        return reading.record(row.position(), row.postedOn()).map(answered -> race(row, answered, reading));
    }

    private ArchivedRace race(RaceRow row, byte[] answered, Reading reading) {
        var verified = verdicts.find(row.address(), row.occurredAt())
                .flatMap(verdict -> reading.record(verdict.position(), verdict.postedOn()))
                .map(record -> (Verified) StreamRecords.decode(record))
                .orElse(null);
        return new ArchivedRace(
                row,
                (Answered) StreamRecords.decode(answered),
                HexFormat.of().formatHex(MerkleTree.leafHash(StreamRecords.publicPart(answered))),
                verified);
    }

    /// Records of one stream, with the frames met last.
    private final class Reading {

        private final int router;
        private final int incarnation;
        private final List<Frame> met = new ArrayList<>();

        Reading(RaceRow row) {
            router = row.address().router();
            incarnation = row.address().incarnation();
        }

        boolean covers(RaceRow row) {
            return row.address().router() == router && row.address().incarnation() == incarnation;
        }

        Optional<byte[]> record(long position, LocalDate postedOn) {
            return met.stream()
                    .filter(one -> one.first() <= position && position < one.next())
                    .findFirst()
                    .or(() -> frames.holding(router, incarnation, position, postedOn)
                            .map(this::keep))
                    .map(frame -> frame.records().get((int) (position - frame.first())));
        }

        private Frame keep(Frame frame) {
            if (met.size() == 4) { // ANSWERED and VERIFIED lie seconds apart: two frames each way do
                met.removeFirst();
            }
            met.add(frame);
            return frame;
        }
    }
}
