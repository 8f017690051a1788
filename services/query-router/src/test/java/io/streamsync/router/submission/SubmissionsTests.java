package io.streamsync.router.submission;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SubmissionsTests {

    private static final Accepted RACE = new Accepted("race", "operator", "node");

    private final AtomicLong now = new AtomicLong(-5);
    private final Resends resends = new Resends();
    private final Submissions submissions = new Submissions(3, resends, now::get);
    private final List<@Nullable Accepted> told = new ArrayList<>();

    @Test
    void tellsARepeatOfTheFirstRace() {
        first("a", 1).accepted(RACE);

        assertThat(enter("a", 1)).isNull();
        assertThat(told).containsExactly(RACE);
        assertThat(resends.wanted).hasValue(1);
    }

    @Test
    void takesTheSameInAnotherEncodingForARepeatAndAnothersForNone() {
        first("a", 1).accepted(RACE);

        assertThat(submissions.enter("a", Transactions.read(Transactions.base58(1)), told::add))
                .isNull();
        assertThat(enter("b", 1)).isNotNull();
        assertThat(enter("a", 2)).isNotNull();
        assertThat(told).containsExactly(RACE);
    }

    @Test
    void takesAnotherTransactionUnderTheSameSignatureForNoRepeat() {
        first("a", 1).accepted(RACE);
        var bytes = Transactions.bytes(1);
        bytes[150]++;

        assertThat(submissions.enter("a", Transactions.read(Transactions.base64(bytes, "")), told::add))
                .isNotNull();
    }

    @Test
    void letsARepeatWaitForTheFirst() {
        var first = first("a", 1);
        assertThat(enter("a", 1)).isNull();
        assertThat(enter("a", 1)).isNull();
        assertThat(told).isEmpty();

        first.accepted(RACE);
        first.failed();

        assertThat(told).containsExactly(RACE, RACE);
        assertThat(enter("a", 1)).isNull();
    }

    @Test
    void letsARepeatRaceWhenTheFirstFailed() {
        var first = first("a", 1);
        var again = new ArrayList<@Nullable Submission>();
        submissions.enter("a", transaction(1), race -> again.add(race == null ? enter("a", 1) : null));
        submissions.enter("a", transaction(1), race -> again.add(race == null ? enter("a", 1) : null));

        first.failed();
        first.accepted(RACE);

        // one of those that waited races, the other waits for it
        assertThat(again).hasSize(2).containsOnlyOnce((Submission) null);
        again.stream().filter(Objects::nonNull).forEach(one -> one.accepted(RACE));
        assertThat(told).containsExactly(RACE);
    }

    @Test
    void forgetsAfterADay() {
        first("a", 1).accepted(RACE);

        now.addAndGet(Duration.ofHours(24).toNanos());
        assertThat(enter("a", 1)).isNull();
        now.incrementAndGet();
        assertThat(enter("a", 1)).isNotNull();
        submissions.tidy();
        assertThat(submissions.size()).isZero();
    }

    @Test
    void forgetsTheOldestWhereThereAreTooMany() {
        for (var seed = 0; seed < 5; seed++) {
            first("a", seed).accepted(RACE);
        }

        assertThat(submissions.size()).isEqualTo(3);
        assertThat(enter("a", 1)).isNotNull();
        assertThat(enter("a", 2)).isNull();
        assertThat(enter("a", 4)).isNull();
    }

    @Test
    void sendsOnlyWhatWasAcceptedAgain() {
        var accepted = first("a", 1);
        accepted.accepted(RACE);
        var failed = first("a", 2);
        failed.failed();
        var taker = new NodeId("n");

        accepted.takenBy(List.of(taker), Terms.standard(3));
        failed.takenBy(List.of(taker), Terms.standard(3));
        first("a", 3).takenBy(List.of(taker), Terms.standard(3));

        assertThat(resends.signatures).containsExactly(Transactions.signature(1));
    }

    @Test
    void letsOneOfManyAtTheSameTimeRace() throws InterruptedException {
        var racing = new AtomicInteger();
        var repeats = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var i = 0; i < 400; i++) {
                threads.execute(() -> {
                    var one = submissions.enter("a", transaction(1), _ -> repeats.incrementAndGet());
                    if (one != null) {
                        racing.incrementAndGet();
                        one.accepted(RACE);
                    }
                });
            }
        }

        assertThat(racing).hasValue(1);
        assertThat(repeats).hasValue(399);
    }

    private Submission first(String account, long seed) {
        return Objects.requireNonNull(submissions.enter(account, transaction(seed), _ -> {}));
    }

    private @Nullable Submission enter(String account, long seed) {
        return submissions.enter(account, transaction(seed), told::add);
    }

    private static Transaction transaction(long seed) {
        return Transactions.read(Transactions.base64(seed, ""));
    }

    private static final class Resends implements Resending {

        private final List<String> signatures = new ArrayList<>();
        private final AtomicInteger wanted = new AtomicInteger();

        @Override
        public void resend(SubmissionKey key, Transaction transaction, List<NodeId> takers, Terms terms) {
            signatures.add(transaction.signature());
        }

        @Override
        public void wantedAgain(SubmissionKey key) {
            wanted.incrementAndGet();
        }
    }
}
