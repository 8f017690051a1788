package io.streamsync.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FrameTests {

    private static final Frame FRAME = new Frame(
            3,
            17,
            40,
            List.of(StreamRecords.encode(Records.ordinary()), StreamRecords.encode(Records.verified()), new byte[0]));

    @Test
    void readsBackWhatItWrote() {
        var random = new Random(11);
        for (var round = 0; round < 300; round++) {
            var records = IntStream.range(0, 1 + random.nextInt(Frame.MAX_RECORDS))
                    .mapToObj(_ -> bytes(random))
                    .toList();
            var frame = new Frame(random.nextInt(65_536), random.nextInt(65_536), random.nextLong() >>> 16, records);

            assertThat(Frame.decode(frame.encode())).isEqualTo(frame);
        }
    }

    @Test
    void refusesEveryFlippedBit() {
        var bytes = FRAME.encode();
        for (var bit = 0; bit < 8 * bytes.length; bit++) {
            var damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);

            assertThatIllegalArgumentException().as("bit %d", bit).isThrownBy(() -> Frame.decode(damaged));
        }
    }

    @Test
    void refusesEveryCutAndEveryExtension() {
        var bytes = FRAME.encode();
        for (var length = 0; length < bytes.length; length++) {
            var cut = Arrays.copyOf(bytes, length);
            assertThatIllegalArgumentException().isThrownBy(() -> Frame.decode(cut));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Frame.decode(Arrays.copyOf(bytes, bytes.length + 1)));
    }

    @Test
    void endsWhereTheNextFrameBegins() {
        assertThat(FRAME.next()).isEqualTo(43);
    }

    @Test
    void holdsOneTo256RecordsOfAStream() {
        var record = new byte[] {1};

        assertThatIllegalArgumentException().isThrownBy(() -> new Frame(1, 1, 0, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Frame(1, 1, 0, Collections.nCopies(257, record)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Frame(65_536, 1, 0, List.of(record)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Frame(1, -1, 0, List.of(record)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Frame(1, 1, 1L << 48, List.of(record)));
        assertThat(new Frame(1, 1, 0, Collections.nCopies(256, record)).encode())
                .hasSize(16 + 256 * 5 + 4);
    }

    private static byte[] bytes(Random random) {
        var bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return bytes;
    }
}
