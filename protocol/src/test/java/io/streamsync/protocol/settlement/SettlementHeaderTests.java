package io.streamsync.protocol.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettlementHeaderTests {

    private static final KeyPair KEYS = keys();

    @Test
    void readsBackWhatItWrote() {
        var header = header(KEYS);

        assertThat(SettlementHeader.parse(header.canonical())).isEqualTo(header);
    }

    @Test
    void saysInItsFormatWhetherStakesAreSigned() {
        var second = header(KEYS);
        var first = SettlementHeader.parse(firstFormat(second).canonical());

        assertThat(first.sharedOut()).isNull();
        assertThat(new String(first.canonical(), 0, 4, StandardCharsets.US_ASCII))
                .isEqualTo("SSS1");
        assertThat(new String(second.canonical(), 0, 4, StandardCharsets.US_ASCII))
                .isEqualTo("SSS2");
        assertThat(first.canonical()).hasSize(second.canonical().length - 40);
    }

    @Test
    void isSignedByTheKeyThatItNames() {
        var header = header(KEYS);
        var signature = header.sign(KEYS.getPrivate());

        assertThat(header.isSigned(signature)).isTrue();
        assertThat(header(keys()).isSigned(signature)).isFalse();
        assertThat(header.isSigned(header.sign(keys().getPrivate()))).isFalse();
        assertThat(header.isSigned(new byte[64])).isFalse();
        assertThat(header.isSigned(new byte[0])).isFalse();
    }

    @Test
    void isAnotherHeaderOrNoneWithAnyBitFlipped() {
        var header = header(KEYS);
        var bytes = header.canonical();
        var signature = header.sign(KEYS.getPrivate());
        for (var bit = 0; bit < 8 * bytes.length; bit++) {
            var damaged = Arrays.copyOf(bytes, bytes.length);
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                var other = SettlementHeader.parse(damaged);
                assertThat(other.hash()).as("bit %d", bit).isNotEqualTo(header.hash());
                assertThat(other.canonical()).isEqualTo(damaged);
                if (bit % 11 == 0) { // a signature takes a millisecond
                    assertThat(other.isSigned(signature)).as("bit %d", bit).isFalse();
                }
            } catch (IllegalArgumentException refused) {
                assertThat(refused).isNotNull();
            }
        }
    }

    @Test
    void failsWithAnyBitOfTheSignatureFlipped() {
        var header = header(KEYS);
        var signature = header.sign(KEYS.getPrivate());
        for (var bit = 0; bit < 8 * signature.length; bit += 3) {
            var damaged = Arrays.copyOf(signature, signature.length);
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(header.isSigned(damaged)).isFalse();
        }
    }

    @Test
    void refusesEveryCutAndEveryExtension() {
        var bytes = header(KEYS).canonical();
        for (var length = 0; length < bytes.length; length++) {
            var cut = Arrays.copyOf(bytes, length);
            assertThatIllegalArgumentException().isThrownBy(() -> SettlementHeader.parse(cut));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettlementHeader.parse(Arrays.copyOf(bytes, bytes.length + 1)));
    }

    @Test
    void countsTheLeavesOfItsRanges() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SettlementHeader(
                        1,
                        2,
                        3,
                        4,
                        "00".repeat(32),
                        SettlementHeader.NO_PREVIOUS,
                        "00".repeat(32),
                        Sums.NOTHING,
                        0,
                        List.of("1"),
                        List.of(new StreamRange(1, 1, 0, 3))));
        assertThatIllegalArgumentException().isThrownBy(() -> new StreamRange(1, 1, 3, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> new StreamRange(65_536, 1, 0, 3));
    }

    private static SettlementHeader header(KeyPair keys) {
        return new SettlementHeader(
                5_984_500,
                1_795_350_000_000L,
                1_795_350_300_000L,
                107,
                "0f".repeat(32),
                "a5".repeat(32),
                HexFormat.of().formatHex(Ed25519.bytes(keys.getPublic())),
                new Sums(400_000, 4_000, 258_000, -100, 39_600, 79_200, 19_300),
                39_600,
                List.of("1", "1+0a1b2c3d"),
                List.of(new StreamRange(1, 7, 0, 100), new StreamRange(2, 1, 1L << 40, (1L << 40) + 7)),
                new SharedOut(17, "3c".repeat(32)));
    }

    private static SettlementHeader firstFormat(SettlementHeader header) {
        return new SettlementHeader(
                header.epoch(),
                header.startsAt(),
                header.endsAt(),
                header.leafCount(),
                header.root(),
                header.previous(),
                header.publicKey(),
                header.sums(),
                header.stakersShare(),
                header.parametersVersions(),
                header.ranges());
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
