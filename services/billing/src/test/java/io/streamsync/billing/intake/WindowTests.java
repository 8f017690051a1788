package io.streamsync.billing.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.billing.charging.PositionedRecord;
import io.streamsync.protocol.record.Frame;
import io.streamsync.protocol.record.StreamRecord;
import io.streamsync.protocol.record.StreamRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WindowTests {

    @Test
    void takesFramesThatFollowOneAnother() {
        var window = Window.of(5, List.of(frame(0, 5, 3), frame(1, 8, 2)));

        assertThat(positions(window)).containsExactly(5L, 6L, 7L, 8L, 9L);
        assertThat(window.next()).isEqualTo(10);
        assertThat(window.gap()).isNull();
    }

    @Test
    void dropsWhatWasPosted() {
        var window = Window.of(5, List.of(frame(0, 0, 3), frame(1, 3, 2)));

        assertThat(window.isEmpty()).isTrue();
        assertThat(window.next()).isEqualTo(5);
    }

    @Test
    void dropsAFrameThatComesTwice() {
        var window = Window.of(0, List.of(frame(0, 0, 3), frame(1, 0, 3), frame(2, 3, 1)));

        assertThat(positions(window)).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void cutsAFrameThatWasPostedInPart() {
        var window = Window.of(5, List.of(frame(0, 3, 4)));

        assertThat(positions(window)).containsExactly(5L, 6L);
        assertThat(window.frames().getFirst().first()).isEqualTo(5);
        assertThat(numbers(window)).containsExactly(5L, 6L);
    }

    @Test
    void stopsAtAGap() {
        var window = Window.of(5, List.of(frame(0, 5, 1), frame(1, 7, 2), frame(2, 9, 1)));

        assertThat(positions(window)).containsExactly(5L);
        assertThat(window.gap()).isEqualTo(new Gap(frame(1, 7, 2).stream(), 1, 6, 7));
    }

    @Test
    void takesWhatFillsAGapBehindIt() {
        var window = Window.of(5, List.of(frame(0, 7, 2), frame(1, 5, 2)));

        assertThat(positions(window)).containsExactly(5L, 6L);
        assertThat(window.gap()).isNotNull().matches(gap -> gap.isFilledAt(window.next()));
    }

    @Test
    void endsWithAMark() {
        var records = new ArrayList<byte[]>();
        records.add(StreamRecords.encode(new StreamRecord.LeaseClosed(new UUID(0, 0), 0)));
        records.add(StreamRecords.encode(new StreamRecord.EpochEnded(1, 1)));
        records.add(StreamRecords.encode(new StreamRecord.LeaseClosed(new UUID(0, 0), 2)));
        var marked = ReceivedFrame.decode(0, new Frame(1, 1, 0, records).encode());
        var received = List.of(marked, frame(1, 3, 2));

        var first = Window.of(0, received);
        var rest = Window.of(first.next(), received);

        assertThat(positions(first)).containsExactly(0L, 1L);
        assertThat(first.more()).isTrue();
        assertThat(first.frames().getFirst().next()).isEqualTo(2);
        assertThat(positions(rest)).containsExactly(2L, 3L, 4L);
        assertThat(rest.more()).isFalse();
    }

    @Test
    void endsWithAMarkThatIsTheLastRecord() {
        var mark = List.of(StreamRecords.encode(new StreamRecord.EpochEnded(1, 1)));

        var window = Window.of(0, List.of(ReceivedFrame.decode(0, new Frame(1, 1, 0, mark).encode())));

        assertThat(window.next()).isEqualTo(1);
        assertThat(window.more()).isFalse();
    }

    @Test
    void waitsForTheLeastOfWhatCameTooEarly() {
        var window = Window.of(5, List.of(frame(0, 9, 2), frame(1, 7, 2), frame(2, 5, 2)));

        assertThat(window.next()).isEqualTo(7);
        assertThat(window.gap()).isNotNull().matches(gap -> gap.isFilledAt(window.next()) && gap.offset() == 0);
    }

    private static List<Long> positions(Window window) {
        return window.records().stream().map(PositionedRecord::position).toList();
    }

    private static List<Long> numbers(Window window) {
        return window.records().stream()
                .map(record -> ((StreamRecord.LeaseClosed) record.record()).cumulative())
                .toList();
    }

    /// Records that name their own position.
    private static ReceivedFrame frame(long offset, long first, int count) {
        var records = new ArrayList<byte[]>();
        LongStream.range(first, first + count)
                .forEach(position ->
                        records.add(StreamRecords.encode(new StreamRecord.LeaseClosed(new UUID(0, 0), position))));
        return ReceivedFrame.decode(offset, new Frame(1, 1, first, records).encode());
    }
}
