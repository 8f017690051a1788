package io.streamsync.billing.intake;

import io.streamsync.billing.archive.DailyPartitions;
import io.streamsync.billing.charging.StreamBroken;
import io.streamsync.billing.stream.StreamId;
import io.streamsync.protocol.record.StreamRecord;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// Takes in what came of one stream, in transactions of a bounded size.
@Component
class StreamIntake {

    /// Enough that the cost of a transaction does not count, few enough that hot accounts are not held for long.
    private static final int RECORDS_AT_ONCE = 10_000;

    private final FramePosting posting;
    private final DailyPartitions partitions;
    private final PostingAge age;
    private final InstantSource clock;

    StreamIntake(FramePosting posting, DailyPartitions partitions, PostingAge age, InstantSource clock) {
        this.posting = posting;
        this.partitions = partitions;
        this.age = age;
        this.clock = clock;
    }

    Taken take(StreamId stream, List<ReceivedFrame> frames) {
        Taken taken = new Taken.Posted(0, null);
        for (var part : parts(frames)) {
            var next = takePart(stream, part);
            taken = taken.then(next);
            if (next instanceof Taken.Stopped) {
                return taken;
            }
        }
        return taken;
    }

    private Taken takePart(StreamId stream, List<ReceivedFrame> frames) {
        try {
            partitions.ensure(days(frames));
            var window = post(stream, frames);
            return new Taken.Posted(window.next(), window.gap());
        } catch (TransientDataAccessException
                | NonTransientDataAccessResourceException
                | RecoverableDataAccessException
                | TransactionException passing) {
            return stopped(frames.getFirst(), passing, false);
        } catch (RuntimeException broken) { // whatever it is, it concerns this stream and no other partition
            return frames.size() == 1 ? stopped(frames.getFirst(), broken, true) : oneByOne(stream, frames);
        }
    }

    /// So that what is sound before a broken frame is posted, and the frame itself is named.
    private Taken oneByOne(StreamId stream, List<ReceivedFrame> frames) {
        Taken taken = new Taken.Posted(0, null);
        for (var frame : frames) {
            var next = takePart(stream, List.of(frame));
            taken = taken.then(next);
            if (next instanceof Taken.Stopped) {
                return taken;
            }
        }
        return taken;
    }

    /// A transaction for each epoch's end in them. Whoever overtakes has posted something, so this comes to an end.
    private Window post(StreamId stream, List<ReceivedFrame> frames) {
        while (true) {
            try {
                var window = posting.post(stream, frames);
                age.posted(window);
                if (!window.more()) {
                    return window;
                }
            } catch (FramePosting.OvertakenException again) {
                // what the other one posted is dropped now
            }
        }
    }

    private static Taken stopped(ReceivedFrame frame, RuntimeException failure, boolean broken) {
        return new Taken.Stopped(frame.offset(), String.valueOf(failure.getMessage()), broken);
    }

    private static List<List<ReceivedFrame>> parts(List<ReceivedFrame> frames) {
        var parts = new ArrayList<List<ReceivedFrame>>();
        var part = new ArrayList<ReceivedFrame>();
        var size = 0;
        for (var frame : frames) {
            if (size + frame.records().size() > RECORDS_AT_ONCE && !part.isEmpty()) {
                parts.add(part);
                part = new ArrayList<>();
                size = 0;
            }
            part.add(frame);
            size += frame.records().size();
        }
        parts.add(part);
        return parts;
    }

    private Set<LocalDate> days(List<ReceivedFrame> frames) {
        var days = new HashSet<LocalDate>();
        days.add(day(clock.millis()));
        for (var frame : frames) {
            for (var record : frame.records()) {
                switch (record) {
                    case StreamRecord.Answered answered ->
                        days.add(day(answered.race().occurredAt()));
                    case StreamRecord.Verified verified -> days.add(day(verified.occurredAt()));
                    // neither archived by day nor searched for
                    case StreamRecord.SubscriptionCharged _,
                            StreamRecord.LeaseClosed _,
                            StreamRecord.EpochEnded _,
                            StreamRecord.StreamEnded _ -> {}
                }
            }
        }
        return days;
    }

    private static LocalDate day(long millis) {
        try {
            var day = LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
            if (day.getYear() >= 1970 && day.getYear() <= 9999) {
                return day;
            }
        } catch (DateTimeException outOfAllTimes) {
            throw new StreamBroken("a record of no time: " + millis, outOfAllTimes);
        }
        throw new StreamBroken("a record of no time: " + millis);
    }
}
