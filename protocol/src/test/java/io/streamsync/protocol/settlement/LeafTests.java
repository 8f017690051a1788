package io.streamsync.protocol.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.streamsync.protocol.record.PublicRecord;
import io.streamsync.protocol.record.Records;
import io.streamsync.protocol.record.StreamRecord;
import io.streamsync.protocol.record.StreamRecords;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeafTests {

    @Test
    void holdsThePublicPartOfItsRecord() {
        var record = Records.ordinary();

        var published = (PublicRecord.Answered) leaf(record).record();

        assertThat(published.race()).isEqualTo(record.race());
        assertThat(published.asked()).isEqualTo(record.asked());
        assertThat(published.outcome()).isEqualTo(record.outcome());
        assertThat(leaf(Records.verified()).record()).isEqualTo(new PublicRecord.Verified(Records.verified()));
        assertThat(leaf(Records.leaseClosed()).record()).isEqualTo(new PublicRecord.LeaseClosed());
    }

    @Test
    void tellsNothingOfWhoAsked() {
        for (var record : List.of(Records.ordinary(), Records.subscriptionOpened(), Records.leaseClosed())) {
            var text = new String(leaf(record).bytes(), StandardCharsets.ISO_8859_1);

            assertThat(text).doesNotContain("account-").doesNotContain("key-");
        }
    }

    @Test
    void readsBackWhateverRecordItIsOf() {
        for (var seed = 0; seed < 2_000; seed++) {
            var record = new Records(seed).any();
            var leaf = leaf(record);

            assertThat(kind(leaf.record())).as("seed %d", seed).isEqualTo(kind(record));
            var bytes = leaf.bytes();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> StreamRecords.decodePublic(Arrays.copyOf(bytes, bytes.length + 1)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> StreamRecords.decodePublic(Arrays.copyOf(bytes, bytes.length - 1)));
        }
    }

    @Test
    void isHandedOutWithItsPlace() {
        var leaves = List.of(
                new Leaf(65_535, 1, (1L << 48) - 1, StreamRecords.publicPart(encoded(Records.ordinary()))),
                new Leaf(1, 65_535, 0, StreamRecords.publicPart(encoded(Records.leaseClosed()))));
        var encoded = new ArrayList<Byte>();
        leaves.forEach(leaf -> {
            for (var one : leaf.encode()) {
                encoded.add(one);
            }
        });
        var bytes = new byte[encoded.size()];
        for (var index = 0; index < bytes.length; index++) {
            bytes[index] = encoded.get(index);
        }

        assertThat(Leaf.decodeAll(bytes)).isEqualTo(leaves);
        assertThat(Leaf.decodeAll(new byte[0])).isEmpty();
        for (var cut : new int[] {1, 13, 14, bytes.length - 1}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Leaf.decodeAll(Arrays.copyOf(bytes, cut)));
        }
    }

    private static Leaf leaf(StreamRecord record) {
        return new Leaf(1, 2, 3, StreamRecords.publicPart(encoded(record)));
    }

    private static byte[] encoded(StreamRecord record) {
        return StreamRecords.encode(record);
    }

    private static String kind(Object record) {
        return record.getClass().getSimpleName();
    }
}
