package io.streamsync.billing.archive;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.archive.Frames.FramePlace;
import io.streamsync.billing.archive.Frames.PlacedFrame;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.record.RaceAddress;
import io.streamsync.protocol.record.StreamRecord.Answered;
import io.streamsync.protocol.record.StreamRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Finds the races that an operator was drawn for, by reading frames: a row for each place would be five times as much
/// work for every race as the race's own.
@Component
public class OperatorRaces {

    /// A frame is sent within milliseconds; races in it are as old as a query may take.
    private static final Duration SPAN = Duration.ofMinutes(1);

    private static final int FRAMES_AT_ONCE = 10;

    /// Frames are read whole: so many pages at a time fit into the smallest heap, and leave the time to posting.
    private static final int PAGES_AT_ONCE = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /// What one page may read: who is drawn less often than once in 20 000 races turns pages that are not full.
    private static final int RECORDS_PER_PAGE = 40_000;

    private final Frames frames;
    private final ArchivedRaces races;
    private final Semaphore pages = new Semaphore(PAGES_AT_ONCE);

    OperatorRaces(Frames frames, ArchivedRaces races) {
        this.frames = frames;
        this.races = races;
    }

    /// The operator's races of a time, newest first.
    ///
    /// @throws Refusal when too many pages are being read
    public Found find(OperatorId operator, Instant from, Instant to, @Nullable Cursor after, int limit) {
        if (!isPageFree()) {
            throw new Refusal(ProblemCode.UNAVAILABLE, "Many pages of races are being read. Try again in a moment.");
        }
        try {
            return read(operator, from, to, after, limit);
        } finally {
            pages.release();
        }
    }

    private boolean isPageFree() {
        try {
            return pages.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Found read(OperatorId operator, Instant from, Instant to, @Nullable Cursor after, int limit) {
        var search = new Search(operator, from, to, after, limit);
        while (search.goesOn()) {
            search.read(frames.answering(from, search.place(), FRAMES_AT_ONCE));
        }
        return new Found(races.read(search.rows), search.next());
    }

    /// @param next where the next page starts; null when there is none
    public record Found(List<ArchivedRace> races, @Nullable Cursor next) {}

    /// Before which frame to go on, and how many of the operator's races in the first were shown.
    public record Cursor(Instant latest, int router, int incarnation, long first, int shown) {

        private static final Pattern TEXT = Pattern.compile("(\\d{1,15})-(\\d{1,5})-(\\d{1,5})-(\\d{1,15})-(\\d{1,3})");

        public static Optional<Cursor> parse(String text) {
            var parts = TEXT.matcher(text);
            return parts.matches()
                    ? Optional.of(new Cursor(
                            Instant.ofEpochMilli(Math.min(Long.parseLong(parts.group(1)), 253_402_300_799_999L)),
                            Integer.parseInt(parts.group(2)),
                            Integer.parseInt(parts.group(3)),
                            Long.parseLong(parts.group(4)),
                            Integer.parseInt(parts.group(5))))
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return latest.toEpochMilli() + "-" + router + "-" + incarnation + "-" + first + "-" + shown;
        }
    }

    /// One page in the making.
    private static final class Search {

        private final OperatorId operator;
        private final Instant from;
        private final Instant to;
        private final int limit;
        private final List<RaceRow> rows = new ArrayList<>();
        private FramePlace place;
        private int shown;
        private int read;
        private boolean over;

        Search(OperatorId operator, Instant from, Instant to, @Nullable Cursor after, int limit) {
            this.operator = operator;
            this.from = from;
            this.to = to;
            this.limit = limit;
            place = after == null
                    ? new FramePlace(to.plus(SPAN), 0, 0, 0)
                    : new FramePlace(after.latest(), after.router(), after.incarnation(), after.first());
            shown = after == null ? 0 : after.shown();
        }

        boolean goesOn() {
            return !over && rows.size() < limit && read < RECORDS_PER_PAGE;
        }

        FramePlace place() {
            return place;
        }

        void read(List<PlacedFrame> found) {
            for (var frame : found) {
                if (!goesOn()) {
                    return;
                }
                take(frame);
            }
            over = found.size() < FRAMES_AT_ONCE && rows.size() < limit;
        }

        private void take(PlacedFrame frame) {
            var taken = ofOperator(frame);
            var fresh = taken.subList(Math.min(shown, taken.size()), taken.size());
            var fitting = fresh.subList(0, Math.min(fresh.size(), limit - rows.size()));
            rows.addAll(fitting);
            read += frame.frame().records().size();
            if (fitting.size() < fresh.size()) {
                shown += fitting.size();
                place = frame.place().after();
            } else {
                shown = 0;
                place = frame.place();
            }
        }

        private List<RaceRow> ofOperator(PlacedFrame frame) {
            var found = new ArrayList<RaceRow>();
            var records = frame.frame().records();
            for (var index = records.size() - 1; index >= 0; index--) {
                if (StreamRecords.decode(records.get(index)) instanceof Answered answered
                        && isDrawn(answered)
                        && isWithin(answered)) {
                    found.add(row(answered, frame, index));
                }
            }
            return found;
        }

        private boolean isDrawn(Answered answered) {
            return answered.asked().places().stream()
                            .anyMatch(one -> one.operatorId().equals(operator))
                    || answered.asked().skipped().stream()
                            .anyMatch(one -> one.operatorId().equals(operator));
        }

        private boolean isWithin(Answered answered) {
            var at = Instant.ofEpochMilli(answered.race().occurredAt());
            return !at.isBefore(from) && at.isBefore(to);
        }

        private static RaceRow row(Answered answered, PlacedFrame frame, int index) {
            var stream = frame.frame();
            return new RaceRow(
                    new RaceAddress(
                            stream.router(),
                            stream.incarnation(),
                            answered.race().sequence()),
                    Instant.ofEpochMilli(answered.race().occurredAt()),
                    stream.first() + index,
                    frame.postedOn(),
                    new CustomerId(answered.privatePart().accountId()),
                    answered.outcome().feeNano(),
                    null,
                    0);
        }

        @Nullable
        Cursor next() {
            return over ? null : new Cursor(place.latest(), place.router(), place.incarnation(), place.first(), shown);
        }
    }
}
