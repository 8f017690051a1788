package io.streamsync.protocol.fee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.streamsync.protocol.parameters.Parameters;
import java.math.BigInteger;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NotificationFeeTests {

    private static final Parameters DEFAULTS = Parameters.defaults();

    @Test
    void chargesAHundredthOfTheAsk() {
        assertThat(NotificationFee.NOTHING.next(1, 4_000, DEFAULTS)).isEqualTo(new NotificationFee(40, 0));
        assertThat(NotificationFee.NOTHING.next(33, 4_000, DEFAULTS)).isEqualTo(new NotificationFee(1_320, 0));
    }

    @Test
    void carriesWhatTheDivisionLeaves() {
        var first = NotificationFee.NOTHING.next(1, 150, DEFAULTS);

        assertThat(first).isEqualTo(new NotificationFee(1, 50));
        assertThat(first.next(1, 150, DEFAULTS)).isEqualTo(new NotificationFee(2, 0));
        assertThat(first.next(0, 150, DEFAULTS)).isEqualTo(new NotificationFee(0, 50));
    }

    @Test
    void chargesTheSumRoundedDownOnceHoweverItIsCut() {
        for (var seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var parameters = DEFAULTS.with(Map.of("notificationsPerAsk", 1 + random.nextInt(1_000)));
            var fee = NotificationFee.NOTHING;
            var charged = BigInteger.ZERO;
            var due = BigInteger.ZERO;
            for (var cut = 0; cut < 40; cut++) {
                var notifications = random.nextInt(10_000);
                var ask = random.nextLong(1L << (1 + random.nextInt(45)));
                fee = fee.next(notifications, ask, parameters);
                charged = charged.add(BigInteger.valueOf(fee.feeNano()));
                due = due.add(BigInteger.valueOf(ask).multiply(BigInteger.valueOf(notifications)));
            }

            assertThat(charged)
                    .as("seed %d", seed)
                    .isEqualTo(due.divide(BigInteger.valueOf(parameters.notificationsPerAsk())));
        }
    }

    @Test
    void refusesWhatIsNegativeOrTooLarge() {
        assertThatIllegalArgumentException().isThrownBy(() -> NotificationFee.NOTHING.next(-1, 1, DEFAULTS));
        assertThatIllegalArgumentException().isThrownBy(() -> NotificationFee.NOTHING.next(1, -1, DEFAULTS));
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> NotificationFee.NOTHING.next(Long.MAX_VALUE, Long.MAX_VALUE, DEFAULTS));
    }
}
