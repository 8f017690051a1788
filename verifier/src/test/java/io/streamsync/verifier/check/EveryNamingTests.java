package io.streamsync.verifier.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.protocol.settlement.SharedOut;
import io.streamsync.protocol.settlement.StakeShares;
import io.streamsync.protocol.settlement.Sums;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EveryNamingTests {

    /// Two windows, and as many as end in the minute by which one is sealed late.
    @ParameterizedTest
    @CsvSource({"300, 3", "60, 3", "30, 4", "1, 62"})
    void isShownWhereNoHeaderOfTheFirstFormatIsNear(int seconds, int near) {
        assertThat(isShown(Duration.ofSeconds(seconds), near)).isFalse();
        assertThat(isShown(Duration.ofSeconds(seconds), near + 1)).isTrue();
    }

    @Test
    void isNotShownInWindowsOfTheFirstFormat() {
        var naming = new EveryNaming(header(Duration.ofMinutes(5), false));

        assertThat(naming.isDone()).isTrue();
        assertThat(naming.isShown()).isFalse();
    }

    @Test
    void isShownInTheFirstWindowsOfAMarket() {
        assertThat(new EveryNaming(header(Duration.ofMinutes(5), true)).isShown())
                .isTrue();
    }

    /// @param first which window before is the nearest of the first format
    private static boolean isShown(Duration epoch, int first) {
        var naming = new EveryNaming(header(epoch, true));
        for (var before = 1; !naming.isDone(); before++) {
            naming.before(header(epoch, before != first));
        }
        return naming.isShown();
    }

    private static SettlementHeader header(Duration epoch, boolean isSigned) {
        return new SettlementHeader(
                1,
                epoch.toMillis(),
                2 * epoch.toMillis(),
                0,
                "00".repeat(32),
                SettlementHeader.NO_PREVIOUS,
                "00".repeat(32),
                Sums.NOTHING,
                0,
                List.of("1"),
                List.of(),
                isSigned ? new SharedOut(0, StakeShares.NONE.root()) : null);
    }
}
