package io.streamsync.router.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.protocol.record.Frame;
import io.streamsync.protocol.record.StreamRecord.StreamEnded;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.router.journal.Incarnation;
import io.streamsync.router.journal.Journal;
import io.streamsync.router.journal.Journals;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.publication.HighWaterMarks.Mark;
import io.streamsync.router.publication.Registration.Unposted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ForwarderTests {

    /// Every test has streams of its own on the one topic.
    private static final AtomicInteger INCARNATIONS = new AtomicInteger(1_001); // below are starts of other tests

    private static final RouterLog LOG = new RouterLog();
    private static final Duration STALLED = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final int incarnation = INCARNATIONS.getAndAdd(10);
    private final AtomicLong now = new AtomicLong();
    private final RacesTopic topic = new RacesTopic("7/" + incarnation);
    private @Nullable Forwarder forwarder;
    private Journal journal;
    private HighWaterMarks marks;

    @BeforeEach
    void open() {
        journal = Journals.open(directory, incarnation);
        marks = new HighWaterMarks(journal, List.of(incarnation), now::get);
    }

    @AfterEach
    void close() throws IOException {
        if (forwarder != null) {
            forwarder.stop();
        }
        journal.close();
        topic.close();
    }

    /// Whatever the installation sets for its other producers.
    @Test
    void hasKafkaKeepEachFrameOnceAndInOrder() {
        var settings = PublicationConfiguration.settings(Map.of(
                "bootstrap.servers",
                "there:9092",
                "acks",
                "1",
                "enable.idempotence",
                false,
                "retries",
                0,
                "delivery.timeout.ms",
                1,
                "max.in.flight.requests.per.connection",
                100,
                "transactional.id",
                "other"));

        assertThat(settings)
                .containsEntry("bootstrap.servers", "there:9092")
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("retries", Integer.MAX_VALUE)
                .containsEntry("delivery.timeout.ms", Integer.MAX_VALUE)
                .containsEntry("max.in.flight.requests.per.connection", 5)
                .doesNotContainKey("transactional.id");
    }

    @Test
    void sendsEveryRecordOnceInFullFrames() {
        LeaseEntry.append(journal, 1_000);
        await().until(() -> journal.synced() == 1_000);

        var started = forward(RacesTopic::producer, List.of());
        await().until(() -> started.acknowledged() == 1_000);

        assertThat(topic.posted(0)).isEqualTo(1_000);
        assertThat(topic.frames()).extracting(Frame::first).containsExactly(0L, 256L, 512L, 768L);
    }

    @Test
    void sendsWhatIsWrittenWhileItRuns() {
        var started = forward(RacesTopic::producer, List.of());
        for (var i = 0; i < 50; i++) {
            LeaseEntry.append(journal, 20);
        }

        await().until(() -> started.acknowledged() == 1_000);

        assertThat(topic.posted(0)).isEqualTo(1_000);
    }

    @Test
    void repeatsButNeverLeavesOutWhenAnswersGetLost() {
        var flaky = new FlakyProducer(send -> false, send -> send % 7 == 3 && send < 30);
        LeaseEntry.append(journal, 3_000);

        var started = forward(flaky::open, List.of());
        await().atMost(Duration.ofSeconds(20)).until(() -> started.acknowledged() == 3_000);

        assertThat(topic.posted(0)).isEqualTo(3_000);
        assertThat(topic.gap(0)).isEmpty();
        assertThat(flaky.sends()).isGreaterThan(12);
    }

    @Test
    void sendsAgainAllThatFollowedARefusedFrame() {
        var flaky = new FlakyProducer(send -> send == 2 || send == 15, send -> false);
        LeaseEntry.append(journal, 3_000);

        var started = forward(flaky::open, List.of());
        await().atMost(Duration.ofSeconds(20)).until(() -> started.acknowledged() == 3_000);

        assertThat(topic.posted(0)).isEqualTo(3_000);
    }

    @Test
    void startsWhereBillingStandsAfterTheProcessDied() {
        LeaseEntry.append(journal, 600);
        var first = forward(RacesTopic::producer, List.of());
        await().until(() -> first.acknowledged() == 600);
        first.stop();

        var again = new Forwarder(RacesTopic::producer, List.of(), live(400), marks, LOG);
        forwarder = again;
        again.start();
        LeaseEntry.append(journal, 10);
        await().until(() -> again.acknowledged() == 610);

        assertThat(topic.posted(0)).isEqualTo(610);
        assertThat(topic.gap(0)).isEmpty();
    }

    @Test
    void sendsAgainWhatKafkaLostAfterAcknowledging() {
        LeaseEntry.append(journal, 100);
        var started = forward(RacesTopic::producer, List.of());
        await().until(() -> started.acknowledged() == 100);

        marks.posted(incarnation, 50);
        await().during(Duration.ofMillis(100))
                .until(() -> topic.frames().stream().noneMatch(this::startsAtFifty));
        now.addAndGet(STALLED.toNanos());
        marks.posted(incarnation, 50);

        await().until(() -> topic.frames().stream().anyMatch(this::startsAtFifty));
        assertThat(topic.gap(0)).isEmpty();
    }

    @Test
    void finishesAnEarlierStreamWithItsRestAndAnEnd() throws IOException {
        LeaseEntry.append(journal, 10);
        restart();

        forward(RacesTopic::producer, earlier(new Unposted(incarnation, 4)));
        await().until(() -> topic.posted(4) == 11);

        assertThat(records(4)).hasSize(7);
        assertThat(StreamRecords.decode(records(4).getLast())).isEqualTo(new StreamEnded(42));
    }

    @Test
    void forgetsAnEarlierStreamThatBillingHas() throws IOException {
        LeaseEntry.append(journal, 10);
        restart();
        assertThat(segments(incarnation)).isNotEmpty();

        forward(RacesTopic::producer, earlier(new Unposted(incarnation, 4)));
        marks.posted(incarnation, 10);
        assertThat(segments(incarnation))
                .as("whose end is still on its way: another start has to know it")
                .hasSize(1);
        marks.finished(incarnation);
        marks.posted(incarnation, 11);

        assertThat(segments(incarnation)).isEmpty();
    }

    @Test
    void forgetsAnEarlierStreamThatHadEnded() throws IOException {
        LeaseEntry.append(journal, 10);
        restart();

        earlier();

        assertThat(segments(incarnation)).isEmpty();
    }

    @Test
    void endsAnEarlierStreamOnlyOnce() throws IOException {
        LeaseEntry.append(journal, 3);
        var end = new StreamEnd(7);
        journal.appendLast(end);
        end.next().join();
        restart();

        forward(RacesTopic::producer, earlier(new Unposted(incarnation, 0)));
        await().until(() -> topic.posted(0) == 4);
        marks.finished(incarnation);
        marks.posted(incarnation, 4);
        await().during(Duration.ofMillis(100)).until(() -> topic.posted(0) == 4);

        assertThat(StreamRecords.decode(records(0).getLast())).isEqualTo(new StreamEnded(7));
    }

    @Test
    void endsAStreamWhoseRecordsAreGoneAfterWhatKafkaHas() throws IOException {
        restart();
        forward(RacesTopic::producer, earlier(new Unposted(incarnation, 20)));

        await().until(() -> topic.posted(20) == 21);
        marks.posted(incarnation, 35);

        await().until(() -> topic.frames().stream().anyMatch(frame -> frame.first() == 35));
    }

    @Test
    void endsAStreamWhoseRecordsAreGoneAfterTheOneRecordThatKafkaHas() throws IOException {
        restart();
        forward(RacesTopic::producer, earlier(new Unposted(incarnation, 20)));

        await().until(() -> topic.posted(20) == 21);
        // not the end that was sent: what Kafka had before it
        marks.posted(incarnation, 21);

        await().until(() -> topic.posted(20) == 22);
    }

    /// It may be of another process under the same id, which lives.
    @Test
    void sendsNothingOfAStreamThatItsJournalDoesNotKnow(CapturedOutput output) throws IOException {
        restart();
        var another = incarnation - 1;

        forward(RacesTopic::producer, earlier(new Unposted(another, 20), new Unposted(incarnation, 4)));
        assertThat(marks.forwarding()).containsExactly(incarnation);
        marks.posted(another, 35);
        await().until(() -> topic.posted(4) == 5);

        try (var others = new RacesTopic("7/" + another)) {
            await().during(Duration.ofMillis(300)).until(() -> others.frames().isEmpty());
        }
        assertThat(marks.isFinished(another)).isFalse();
        assertThat(output.getOut()).contains("The journal has nothing of an earlier start");
    }

    @Test
    void goesOnFromWhatBillingHasWhenTheJournalHasForgottenIt() throws IOException {
        LeaseEntry.append(journal, 40_000);
        await().until(() -> journal.synced() == 40_000);
        assertThat(segments(incarnation)).hasSizeGreaterThan(1);
        var stream = live(0);
        stream.take();
        stream.rewind();

        marks.posted(incarnation, 39_900);
        assertThat(segments(incarnation)).hasSize(1);

        assertThat(stream.follow(marks.mark(incarnation))).isFalse();
        assertThat(stream.acknowledged()).isEqualTo(39_900);
        assertThat(stream.take().orElseThrow().frame().first()).isEqualTo(39_900);
        stream.close();
    }

    @Test
    void keepsAnEarlierStreamWhoseJournalIsForgottenWhileItIsRead() throws IOException {
        restart();
        var reads = new AtomicInteger();
        StreamSource forgetful = new StreamSource() {
            @Override
            public List<byte[]> read(long from, int maxRecords, int maxBytes) throws IOException {
                if (reads.incrementAndGet() == 1) {
                    marks.posted(incarnation, 5);
                    throw new IOException("no such segment any more");
                }
                return List.of();
            }

            @Override
            public void close() {}
        };

        forward(
                RacesTopic::producer,
                List.of(new StreamForwarder(new Incarnation(7, incarnation), forgetful, new Stall(STALLED), 0)));

        await().until(() -> reads.get() > 1);
    }

    @Test
    void saysThatItDoesNotSendAnEarlierStreamWhoseJournalIsDamaged() throws IOException {
        LeaseEntry.append(journal, 10);
        restart();
        var streams = earlier(new Unposted(incarnation, 4));
        assertThat(marks.forwarding()).contains(incarnation);
        for (var segment : segments(incarnation)) {
            Files.delete(segment);
        }

        forward(RacesTopic::producer, streams);

        await().until(() -> !marks.forwarding().contains(incarnation));
        assertThat(marks.isFinished(incarnation)).isFalse();
    }

    @Test
    void saysThatItDoesNotSendAnEarlierStreamThatCannotEvenBeOpened() throws IOException {
        LeaseEntry.append(journal, 10);
        restart();
        for (var segment : segments(incarnation)) {
            Files.delete(segment);
        }

        assertThat(earlier(new Unposted(incarnation, 4))).isEmpty();

        assertThat(marks.forwarding()).doesNotContain(incarnation);
    }

    @Test
    void forgetsNothingThatBillingHasWhenKafkaAnswersLate() throws IOException {
        LeaseEntry.append(journal, 600);
        await().until(() -> journal.synced() == 600);
        var stream = live(0);
        var sent = stream.take().orElseThrow();

        stream.follow(new Mark(600, 0));
        stream.acknowledge(sent);

        assertThat(stream.acknowledged()).isEqualTo(600);
        stream.close();
    }

    /// It may stand behind a frame that was refused.
    @Test
    void takesNothingForAcknowledgedThatWasSentBeforeItWentBack() throws IOException {
        LeaseEntry.append(journal, 600);
        await().until(() -> journal.synced() == 600);
        var stream = live(0);
        stream.take();
        var behind = stream.take().orElseThrow();

        stream.rewind();
        stream.acknowledge(behind);

        assertThat(stream.acknowledged()).isZero();
        assertThat(stream.take().orElseThrow().frame().first()).isZero();
        stream.close();
    }

    @Test
    void suspectsNoLossBeforeBillingHasToldAnything() throws IOException {
        LeaseEntry.append(journal, 10);
        var stream = live(4);

        stream.follow(marks.mark(incarnation));
        now.addAndGet(STALLED.toNanos());

        assertThat(stream.follow(marks.mark(incarnation))).isFalse();
        stream.close();
    }

    @Test
    void pausesBeforeItReadsADamagedJournalAgain(CapturedOutput output) throws IOException {
        LeaseEntry.append(journal, 10);
        for (var segment : segments(incarnation)) {
            Files.delete(segment);
        }

        forward(RacesTopic::producer, List.of());

        await().until(() -> output.getOut().contains("The journal lacks what billing needs"));
        await().during(Duration.ofMillis(300))
                .until(() -> output.getOut().split("The journal lacks what billing needs", -1).length == 2);
    }

    @Test
    void tellsThatNothingIsForwardedAnyMore() {
        LeaseEntry.append(journal, 1);
        var started = forward(
                () -> {
                    throw new AssertionError("an error of the machine");
                },
                List.of());
        var publication = new Publication(journal, started, Duration.ofSeconds(5), InstantSource.system(), LOG);

        await().dontCatchUncaughtExceptions().until(() -> !publication.isAlive());
    }

    @Test
    void endsTheStreamWhenTheRouterStops() throws IOException {
        var started = forward(RacesTopic::producer, List.of());
        LeaseEntry.append(journal, 5);
        var publication = new Publication(journal, started, Duration.ofSeconds(5), InstantSource.system(), LOG);

        publication.stop();

        assertThat(topic.posted(0)).isEqualTo(6);
        assertThat(StreamRecords.decode(records(0).getLast())).isInstanceOf(StreamEnded.class);
    }

    private Forwarder forward(Supplier<Producer<String, byte[]>> producers, List<StreamForwarder> earlier) {
        var started = new Forwarder(producers, earlier, live(0), marks, LOG);
        forwarder = started;
        started.start();
        return started;
    }

    private StreamForwarder live(long next) {
        var number = journal.incarnation().number();
        return new StreamForwarder(
                journal.incarnation(), new LiveStream(number, journal.reader()), new Stall(STALLED), next);
    }

    private void restart() throws IOException {
        journal.close();
        journal = Journals.open(directory, incarnation + 1);
        marks = new HighWaterMarks(journal, List.of(incarnation - 1, incarnation), now::get);
    }

    private List<StreamForwarder> earlier(Unposted... unposted) {
        return new EarlierStreams(journal, marks, STALLED, LOG).toFinish(List.of(unposted), 42);
    }

    private List<byte[]> records(long from) {
        return topic.frames().stream()
                .filter(frame -> frame.first() >= from)
                .flatMap(frame -> frame.records().stream())
                .toList();
    }

    private boolean startsAtFifty(Frame frame) {
        return frame.first() == 50;
    }

    private List<Path> segments(int number) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("%05d-".formatted(number)))
                    .toList();
        }
    }
}
