package io.streamsync.protocol.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.streamsync.protocol.draw.RandomNumbers.Label;
import io.streamsync.protocol.record.RaceAddress;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class RaceRandomnessTests {

    private static final byte[] SECRET = new byte[32];
    private static final byte[] REQUEST = new byte[32];
    private static final RaceAddress ADDRESS = new RaceAddress(258, 772, 0x010203040506L);

    static {
        new Random(1).nextBytes(SECRET);
        new Random(2).nextBytes(REQUEST);
    }

    @Test
    void followsTheWordsOfTheProtocol() throws GeneralSecurityException {
        var numbers = RaceRandomness.of(SECRET, ADDRESS, REQUEST);
        for (var label : Label.values()) {
            for (var k = 0; k < 3; k++) {
                var message = ByteBuffer.allocate(100)
                        .put(label.name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII))
                        .put(new byte[] {1, 2, 3, 4, 1, 2, 3, 4, 5, 6})
                        .put(REQUEST)
                        .put(new byte[] {0, 0, 0, (byte) k})
                        .flip();
                var mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
                mac.update(message);

                assertThat(numbers.next(label))
                        .isEqualTo(ByteBuffer.wrap(mac.doFinal()).getLong());
            }
        }
    }

    @Test
    void startsOverForEveryRaceAndNothingElse() {
        var one = RaceRandomness.of(SECRET, ADDRESS, REQUEST);
        one.next(Label.NODE);
        var again = RaceRandomness.of(SECRET, ADDRESS, REQUEST);

        assertThat(one.next(Label.RACE)).isEqualTo(again.next(Label.RACE));
    }

    @Test
    void differsByEverythingItDependsOn() {
        var numbers = new HashSet<Long>();
        numbers.add(first(SECRET, ADDRESS, REQUEST));
        numbers.add(first(REQUEST, ADDRESS, REQUEST));
        numbers.add(first(SECRET, new RaceAddress(259, 772, ADDRESS.sequence()), REQUEST));
        numbers.add(first(SECRET, new RaceAddress(258, 773, ADDRESS.sequence()), REQUEST));
        numbers.add(first(SECRET, new RaceAddress(258, 772, ADDRESS.sequence() + 1), REQUEST));
        numbers.add(first(SECRET, ADDRESS, SECRET));

        assertThat(numbers).hasSize(6);
    }

    @Test
    void fallsWhereTheFloorOfTheProductLies() {
        var random = new Random(3);
        for (var i = 0; i < 10_000; i++) {
            var x = random.nextLong();
            var total = 1 + (random.nextLong() >>> (1 + random.nextInt(60)));
            var exact = new BigInteger(Long.toUnsignedString(x))
                    .multiply(BigInteger.valueOf(total))
                    .shiftRight(64);

            RandomNumbers numbers = _ -> x;

            assertThat(numbers.below(Label.RACE, total)).isEqualTo(exact.longValueExact());
        }
    }

    @Test
    void refusesSecretsAndHashesOfAnotherLength() {
        assertThatIllegalArgumentException().isThrownBy(() -> RaceRandomness.of(new byte[31], ADDRESS, REQUEST));
        assertThatIllegalArgumentException().isThrownBy(() -> RaceRandomness.of(SECRET, ADDRESS, new byte[33]));
    }

    private static long first(byte[] secret, RaceAddress address, byte[] request) {
        return RaceRandomness.of(secret, address, request).next(Label.RACE);
    }
}
