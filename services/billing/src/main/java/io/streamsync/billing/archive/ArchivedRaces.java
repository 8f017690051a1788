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

    public ArchivedRace read(RaceRow row) {
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
            races.add(read(row, reading));
        }
        return races;
    }

    /// What was asked and charged, in the order of the rows: of one stream.
    public List<Answered> answered(List<RaceRow> rows) {
        var answered = new ArrayList<Answered>(rows.size());
        @Nullable Reading reading = null;
        for (var row : rows) {
            reading = reading == null ? new Reading(row) : reading;
            answered.add((Answered) StreamRecords.decode(reading.record(row.position(), row.postedOn())));
        }
        return answered;
    }

    private ArchivedRace read(RaceRow row, Reading reading) {
        var answered = reading.record(row.position(), row.postedOn());
        var verified = verdicts.find(row.address(), row.occurredAt())
                .map(verdict -> (Verified) StreamRecords.decode(reading.record(verdict.position(), verdict.postedOn())))
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

        byte[] record(long position, LocalDate postedOn) {
            var frame = met.stream()
                    .filter(one -> one.first() <= position && position < one.next())
                    .findFirst()
                    .orElseGet(() -> fetched(position, postedOn));
            return frame.records().get((int) (position - frame.first()));
        }

        private Frame fetched(long position, LocalDate postedOn) {
            var frame = frames.holding(router, incarnation, position, postedOn)
                    .orElseThrow(() -> new IllegalStateException(
                            "no frame of stream " + router + "/" + incarnation + " holds position " + position));
            if (met.size() == 4) { // ANSWERED and VERIFIED lie seconds apart: two frames each way do
                met.removeFirst();
            }
            met.add(frame);
            return frame;
        }
    }
}
