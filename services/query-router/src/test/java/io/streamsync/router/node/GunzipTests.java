package io.streamsync.router.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GunzipTests {

    private static final byte[] TEXT = "{\"jsonrpc\":\"2.0\"}".repeat(5_000).getBytes(UTF_8);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100, 1_000_000})
    void unpacksHoweverItIsCut(int piece) throws Exception {
        var packed = packed(TEXT);
        var gunzip = new Gunzip();
        var unpacked = new ByteArrayOutputStream();
        for (var at = 0; at < packed.length; at += piece) {
            assertThat(gunzip.isWhole()).isFalse();
            gunzip.add(Unpooled.copiedBuffer(packed, at, Math.min(piece, packed.length - at)));
            read(gunzip, unpacked);
        }

        assertThat(unpacked.toByteArray()).isEqualTo(TEXT);
        assertThat(gunzip.isWhole()).isTrue();
        gunzip.close();
    }

    @Test
    void skipsEverythingThatAHeadMayHave() throws Exception {
        var packed = packed(TEXT);
        var full = new ByteArrayOutputStream();
        full.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0x1f, 0, 0, 0, 0, 0, 3});
        full.writeBytes(new byte[] {3, 0, 'a', 'b', 'c'});
        full.writeBytes("name\0".getBytes(UTF_8));
        full.writeBytes("comment\0".getBytes(UTF_8));
        full.writeBytes(new byte[] {1, 2});
        full.write(packed, 10, packed.length - 10);
        var gunzip = new Gunzip();
        var unpacked = new ByteArrayOutputStream();
        gunzip.add(Unpooled.wrappedBuffer(full.toByteArray()));
        read(gunzip, unpacked);

        assertThat(unpacked.toByteArray()).isEqualTo(TEXT);
        assertThat(gunzip.isWhole()).isTrue();
    }

    @Test
    void refusesWhatWasDamagedAndWhatComesBehind() throws Exception {
        var packed = packed(TEXT);
        var random = new Random(7);
        for (var i = 0; i < 300; i++) {
            var damaged = packed.clone();
            var at = random.nextInt(packed.length);
            // the time, extra flags and system of the head mean nothing
            if (at < 4 || at > 9) {
                damaged[at] ^= (byte) (1 << random.nextInt(8));
                if (!isWhole(damaged)) {
                    continue;
                }
                assertThat(at).as("damaged without notice").isEqualTo(3);
            }
        }
        assertThatExceptionOfType(DataFormatException.class)
                .isThrownBy(() -> unpack(Arrays.copyOf(packed, packed.length + 1)));
        assertThat(isWhole(Arrays.copyOf(packed, packed.length - 1))).isFalse();
    }

    private static boolean isWhole(byte[] packed) {
        try {
            return unpack(packed).isWhole();
        } catch (DataFormatException refused) {
            return false;
        }
    }

    private static Gunzip unpack(byte[] packed) throws DataFormatException {
        var gunzip = new Gunzip();
        gunzip.add(Unpooled.wrappedBuffer(packed));
        read(gunzip, new ByteArrayOutputStream());
        return gunzip;
    }

    private static void read(Gunzip gunzip, ByteArrayOutputStream to) throws DataFormatException {
        var buffer = new byte[1_000];
        while (!gunzip.isUsedUp()) {
            to.write(buffer, 0, gunzip.read(buffer, 0, buffer.length));
        }
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
