package io.streamsync.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.streamsync.protocol.canonical.Sha256;
import io.streamsync.protocol.record.StreamRecord.Answered;
import io.streamsync.protocol.record.StreamRecord.Outcome;
import io.streamsync.protocol.record.StreamRecord.PrivatePart;
import io.streamsync.protocol.record.StreamRecord.SubscriptionCharged;
import io.streamsync.protocol.record.StreamRecord.Verified;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamRecordsTests {

    @Test
    void readsBackWhateverItWrote() {
        for (var seed = 0; seed < 5_000; seed++) {
            var record = new Records(seed).any();

            assertThat(StreamRecords.decode(StreamRecords.encode(record)))
                    .as("seed %d", seed)
                    .isEqualTo(record);
        }
    }

    @Test
    void looksIntoNothingButWhatARaceCameTo() {
        var verified = StreamRecords.encode(Records.verified());
        var answered = StreamRecords.encode(Records.ordinary());
        answered[100] ^= 1; // nobody looks
        var cut = Arrays.copyOf(verified, verified.length - 1);
        var damaged = verified.clone();
        damaged[1] = 99;

        assertThat(StreamRecords.verified(verified)).contains(Records.verified());
        assertThat(StreamRecords.verified(answered)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> StreamRecords.verified(cut));
        assertThatIllegalArgumentException().isThrownBy(() -> StreamRecords.verified(damaged));
        assertThatIllegalArgumentException().isThrownBy(() -> StreamRecords.verified(new byte[0]));
    }

    @Test
    void neverReadsDamagedBytesAsTheSameRecordAndFailsOnlyByRefusing() {
        var random = new Random(7);
        for (var seed = 0; seed < 2_000; seed++) {
            var record = new Records(seed).any();
            var bytes = StreamRecords.encode(record);
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(StreamRecords.decode(bytes)).as("seed %d", seed).isNotEqualTo(record);
            } catch (IllegalArgumentException refused) {
                assertThat(refused).isNotNull();
            }
        }
    }

    /// Whoever reads what is published looks the winner up among the places.
    @Test
    void nobodyWinsWhoWasNotAsked() {
        var race = Records.ordinary();
        var nobody = new StreamRecord.Asked(List.of(), List.of(), false, false);

        assertThat(race.outcome().winner()).isNotNegative();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PublicRecord.Answered(race.race(), nobody, race.outcome(), "00".repeat(32)));
    }

    @Test
    void refusesEveryCutAndEveryExtension() {
        for (var record : new StreamRecord[] {
            Records.ordinary(),
            Records.unusual(),
            Records.verified(),
            Records.explained(),
            Records.leaseClosed(),
            Records.epochEnded(),
            Records.streamEnded(),
            Records.subscriptionOpened(),
            Records.subscriptionNotified()
        }) {
            var bytes = StreamRecords.encode(record);
            for (var length = 0; length < bytes.length; length++) {
                var cut = Arrays.copyOf(bytes, length);
                assertThatIllegalArgumentException().isThrownBy(() -> StreamRecords.decode(cut));
            }
            var longer = Arrays.copyOf(bytes, bytes.length + 1);
            assertThatIllegalArgumentException().isThrownBy(() -> StreamRecords.decode(longer));
        }
    }

    @Test
    void readsVerdictsWithAndWithoutTheHashOfALargeAnswer() {
        var large = Records.verifiedLarge();

        assertThat(StreamRecords.decode(StreamRecords.encode(large))).isEqualTo(large);
        assertThat(((Verified) StreamRecords.decode(StreamRecords.encode(Records.verified()))).answerHash())
                .isNull();
    }

    @Test
    void refusesAPrivatePartThatIsNotTheOneCommittedTo() {
        var bytes = StreamRecords.encode(Records.ordinary());
        bytes[bytes.length - 1] ^= 1;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> StreamRecords.decode(bytes))
                .withMessageContaining("commitment");
    }

    @Test
    void refusesASubscriptionWhosePrivatePartIsNotTheOneCommittedTo() {
        var bytes = StreamRecords.encode(Records.subscriptionNotified());
        bytes[bytes.length - 1] ^= 1;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> StreamRecords.decode(bytes))
                .withMessageContaining("commitment");
    }

    @Test
    void refusesASubscriptionThatGivesBack() {
        var charged = Records.subscriptionNotified();

        assertThatIllegalArgumentException().isThrownBy(() -> charge(charged, -1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> charge(charged, 0, -1));
    }

    private static SubscriptionCharged charge(SubscriptionCharged like, long notifications, long feeNano) {
        return new SubscriptionCharged(
                like.subscriptionId(),
                like.occurredAt(),
                like.epoch(),
                like.parametersVersion(),
                like.method(),
                like.nodeId(),
                like.operatorId(),
                like.priceNano(),
                like.opened(),
                notifications,
                feeNano,
                like.privatePart());
    }

    @Test
    void endsThePublicPartOfAnAnswerWithTheCommitment() {
        var bytes = StreamRecords.encode(Records.ordinary());
        var open = StreamRecords.publicPart(bytes);
        var secret = Arrays.copyOfRange(bytes, open.length + 4, bytes.length);

        assertThat(Arrays.copyOf(bytes, open.length)).isEqualTo(open);
        assertThat(Arrays.copyOfRange(open, open.length - 32, open.length)).isEqualTo(Sha256.of(secret));
    }

    @Test
    void publishesNeitherAccountNorKeyNorLease() {
        var answer = StreamRecords.publicPart(StreamRecords.encode(Records.ordinary()));
        var closed = StreamRecords.publicPart(StreamRecords.encode(Records.leaseClosed()));

        assertThat(new String(answer, StandardCharsets.ISO_8859_1))
                .contains("operator-a", "getAccountInfo")
                .doesNotContain("account-1", "key-1");
        assertThat(new String(
                        StreamRecords.publicPart(StreamRecords.encode(Records.subscriptionOpened())),
                        StandardCharsets.ISO_8859_1))
                .contains("operator-b", "accountSubscribe")
                .doesNotContain("account-1", "key-1");
        assertThat(closed).containsExactly(3, 1, 0, 0, 0, 0);
    }

    @Test
    void writesTheFirstVersionWhereNobodySaysAReason() {
        assertThat(StreamRecords.encode(Records.verified())).startsWith(2, 1);
        assertThat(StreamRecords.encode(Records.explained())).startsWith(2, 2);
        assertThat(StreamRecords.publicPart(StreamRecords.encode(Records.explained())))
                .startsWith(2, 2);
    }

    @Test
    void refusesUnknownKindsAndVersions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StreamRecords.publicPart(new byte[] {2, 3, 0, 0, 0, 0, 0, 0, 0, 0}))
                .withMessage("unknown format version 3");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> StreamRecords.decode(new byte[] {9, 1, 0, 0, 0, 0, 0, 0, 0, 0}))
                .withMessage("unknown kind of record 9");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StreamRecords.decode(new byte[] {5, 2, 0, 0, 0, 0, 0, 0, 0, 0}))
                .withMessage("unknown format version 2");
    }

    @Test
    void refusesWhatDoesNotFitIntoARecord() {
        var race = Records.ordinary();
        var longName = new PrivatePart("00".repeat(16), "a".repeat(256), "k", null, 0, null, 0);
        var verified = Records.verified();

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> StreamRecords.encode(new Answered(race.race(), race.asked(), race.outcome(), longName)))
                .withMessageContaining("255");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StreamRecords.encode(new Verified(
                        1L << 48,
                        0,
                        verified.method(),
                        verified.queryClass(),
                        "1",
                        verified.status(),
                        0,
                        false,
                        verified.results())))
                .withMessageContaining("48 bits");
    }

    @Test
    void refusesAWinnerWithoutAPlace() {
        var race = Records.ordinary();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Answered(
                        race.race(), race.asked(), new Outcome(5, 1, 1, 1, 1, null, null, false), race.privatePart()));
    }
}
