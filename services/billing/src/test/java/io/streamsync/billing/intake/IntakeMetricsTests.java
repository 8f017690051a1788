package io.streamsync.billing.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.billing.archive.DailyPartitions;
import io.streamsync.billing.stream.StreamId;
import io.streamsync.protocol.record.Frame;
import io.streamsync.protocol.record.StreamRecord.EpochEnded;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// What is told of the intake while it goes on.
@BillingTest
class IntakeMetricsTests {

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Autowired
    FramePosting posting;

    @Autowired
    DailyPartitions partitions;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private StreamIntake intake;

    @BeforeEach
    void takeInByItself() {
        var clock = InstantSource.system();
        intake = new StreamIntake(posting, partitions, new PostingAge(meters, clock), clock);
    }

    @Test
    void countsTheAgeOfWhatIsPostedAndOfNothingElse() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        router.charged(lease, 1_000);
        var first = router.frame();
        router.charged(lease, 1_000);
        var second = router.frame();
        router.charged(lease, 1_000);
        var third = router.frame();

        take(first);
        assertThat(ages()).isEqualTo(1);
        take(first);
        assertThat(ages()).as("what came twice").isEqualTo(1);
        take(third);
        assertThat(ages()).as("what waits behind a gap").isEqualTo(1);
        take(first, second, third);
        assertThat(ages()).isEqualTo(3);
    }

    @Test
    void countsTheAgeOnBothSidesOfAMark() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        router.charged(lease, 1_000);
        router.write(new EpochEnded(1, 300_000));
        router.charged(lease, 1_000);

        take(router.frame());

        assertThat(ages()).isEqualTo(2);
    }

    @Test
    void tellsOfGapsWhileSomethingIsPosted() throws Exception {
        var partition = new PartitionIntake(0, intake, new IntakeLog());
        try (var looking = Executors.newSingleThreadExecutor()) {
            synchronized (partition) {
                assertThat(looking.submit(partition::gaps).get(30, TimeUnit.SECONDS))
                        .isEmpty();
            }
        }
    }

    private void take(Frame... frames) {
        var received = new ArrayList<ReceivedFrame>();
        for (var frame : frames) {
            received.add(ReceivedFrame.decode(received.size(), frame.encode()));
        }
        assertThat(intake.take(new StreamId(frames[0].router(), frames[0].incarnation()), received))
                .isInstanceOf(Taken.Posted.class);
    }

    private long ages() {
        return meters.get("streamsync.intake.age").timer().count();
    }
}
