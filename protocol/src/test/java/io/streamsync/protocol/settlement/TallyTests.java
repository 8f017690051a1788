package io.streamsync.protocol.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.Records;
import io.streamsync.protocol.record.StreamRecord;
import io.streamsync.protocol.record.StreamRecord.Outcome;
import io.streamsync.protocol.record.StreamRecord.PlaceOutcome;
import io.streamsync.protocol.record.StreamRecord.Result;
import io.streamsync.protocol.record.StreamRecord.Verdict;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.protocol.verification.RaceStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TallyTests {

    private static final RaceStatus[] VERDICTS = Arrays.stream(RaceStatus.values())
            .filter(status -> status != RaceStatus.PENDING)
            .toArray(RaceStatus[]::new);

    /// The ordinary race: 4000 nano-USDC.
    @Test
    void sharesOutWhatARaceCharges() {
        assertThat(sums(Records.ordinary())).isEqualTo(new Sums(4_000, 0, 2_000, 800, 400, 800, 0));
    }

    @Test
    void paysCheckersThatAgree() {
        assertThat(sums(Records.ordinary(), verified(RaceStatus.CONFIRMED, 4_000, 2)))
                .isEqualTo(new Sums(4_000, 0, 2_800, 0, 400, 800, 0));
        assertThat(sums(verified(RaceStatus.CONFIRMED, 4_005, 2)))
                .as("801 for two leaves 1 to the treasury")
                .isEqualTo(new Sums(0, 0, 800, -801, 0, 1, 0));
        assertThat(sums(verified(RaceStatus.CONFIRMED, 4_000, 0))).isEqualTo(new Sums(0, 0, 0, -800, 0, 0, 800));
    }

    @ParameterizedTest
    @EnumSource(
            value = RaceStatus.class,
            names = {"UNVERIFIED", "INCONCLUSIVE", "DISPUTED"})
    void insuresWithWhatNobodyEarned(RaceStatus status) {
        assertThat(sums(Records.ordinary(), verified(status, 4_000, 1)))
                .isEqualTo(new Sums(4_000, 0, 2_000, 0, 400, 800, 800));
    }

    @ParameterizedTest
    @EnumSource(
            value = RaceStatus.class,
            names = {"CONTRADICTED", "CONVICTED", "NO_ANSWER"})
    void takesEveryShareOfAReversedFeeBack(RaceStatus status) {
        assertThat(sums(Records.ordinary(), verified(status, 4_000, 0)))
                .isEqualTo(new Sums(4_000, 4_000, 0, 0, 0, 0, 0));
    }

    @Test
    void insuresStakersWhoHaveBeenPaidForARaceOfAnEarlierWindow() {
        var reversal = verified(RaceStatus.CONTRADICTED, 4_000, 0);

        assertThat(window(Records.ordinary(), reversal)).isEqualTo(new Sums(4_000, 4_000, 0, 0, 0, 0, 0));
        assertThat(window(reversal)).isEqualTo(new Sums(0, 4_000, -2_000, -800, 0, -800, -400));
        assertThat(window(verified(RaceStatus.CONFIRMED, 4_000, 2))).isEqualTo(new Sums(0, 0, 800, -800, 0, 0, 0));
    }

    @Test
    void insuresWithTheVerifiersShareOfSubscriptions() {
        var charged = Records.subscriptionOpened();
        var fee = charged.feeNano();

        assertThat(sums(charged))
                .isEqualTo(new Sums(fee, 0, fee / 2, 0, fee / 10, fee - fee / 2 - fee / 10 - fee / 5, fee / 5));
    }

    @Test
    void balancesWhateverComesAndSaysTheSameOfWhatIsPublished() {
        var odd =
                Parameters.defaults().with(Map.of("operatorShare", 3333, "verifiersShare", 2777, "stakersShare", 1111));
        var whole = new Tally(_ -> odd);
        var published = new Tally(_ -> odd);
        var random = new Random(5);
        for (var count = 0; count < 2_000; count++) {
            var record = any(random);
            whole.add(record);
            published.add(StreamRecords.decodePublic(StreamRecords.publicPart(StreamRecords.encode(record))));
            assertThat(whole.sums().balanced()).isTrue();
        }

        assertThat(whole.sums().refunded()).isPositive();
        assertThat(published.sums()).isEqualTo(whole.sums());
        assertThat(published.versions()).isEqualTo(whole.versions()).containsExactly("1");
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> sums(verified(RaceStatus.CONFIRMED, -1, 0)));
        assertThatIllegalArgumentException().isThrownBy(() -> sums(verified(RaceStatus.PENDING, 1, 0)));
    }

    private static StreamRecord any(Random random) {
        var fee = random.nextLong(1L << 40);
        return switch (random.nextInt(4)) {
            case 0 -> answered(fee);
            case 1 -> Records.leaseClosed();
            case 2 -> Records.subscriptionNotified();
            default -> verified(VERDICTS[random.nextInt(VERDICTS.length)], fee, random.nextInt(3));
        };
    }

    private static StreamRecord answered(long fee) {
        var record = Records.ordinary();
        var outcome = record.outcome();
        return new StreamRecord.Answered(
                record.race(),
                record.asked(),
                new Outcome(
                        outcome.winner(),
                        outcome.latencyMicros(),
                        outcome.slot(),
                        fee,
                        fee,
                        null,
                        outcome.sla(),
                        false),
                record.privatePart());
    }

    private static Sums sums(StreamRecord... records) {
        var tally = new Tally(version -> {
            assertThat(version).isEqualTo("1");
            return Parameters.defaults();
        });
        for (var record : records) {
            tally.add(record);
        }
        assertThat(tally.sums().balanced()).isTrue();
        return tally.sums();
    }

    private static Sums window(StreamRecord... records) {
        var leaves = Arrays.stream(records)
                .map(record -> new Leaf(1, 1, 1, StreamRecords.publicPart(StreamRecords.encode(record))))
                .toList();
        var sums = Sums.of(leaves, _ -> Parameters.defaults());
        assertThat(sums.balanced()).isTrue();
        return sums;
    }

    private static Verified verified(RaceStatus status, long fee, int agreeing) {
        var results = new ArrayList<Result>();
        results.add(result(Place.RACING, Verdict.WINS));
        results.add(result(Place.RACING, Verdict.AGREES));
        for (var checker = 0; checker < 2; checker++) {
            results.add(result(Place.CHECKING, checker < agreeing ? Verdict.AGREES : Verdict.UNJUDGED));
        }
        return new Verified(
                41,
                1_795_350_002_000L,
                "getAccountInfo",
                QueryClass.LOOKUP,
                "1",
                status,
                fee,
                false,
                List.copyOf(results));
    }

    private static Result result(Place place, Verdict verdict) {
        return new Result(new NodeId("n"), new OperatorId("o"), place, 1, PlaceOutcome.ANSWER, verdict, 1, false);
    }
}
