package io.streamsync.protocol.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.streamsync.protocol.draw.WrittenTerms.Racers;
import io.streamsync.protocol.market.OperatorId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenTermsTests {

    @Test
    void readsWhatCustomersWrite() {
        assertThat(WrittenTerms.preference("cheapest")).isEqualTo(Preference.CHEAPEST);
        assertThat(WrittenTerms.price("0.000004")).isEqualTo(4_000);
        assertThat(WrittenTerms.latencyMillis("50ms")).isEqualTo(50);
        assertThat(WrittenTerms.latencyMillis("2s")).isEqualTo(2_000);
        assertThat(WrittenTerms.latencyMillis("70")).isEqualTo(70);
        assertThat(WrittenTerms.racers("1+4")).isEqualTo(new Racers(1, 4)).hasToString("1+4");
        assertThat(WrittenTerms.racers("3")).isEqualTo(new Racers(3, 0)).hasToString("3");
        assertThat(WrittenTerms.quorum("quorum")).isTrue();
        assertThat(WrittenTerms.operators("a, b,a")).containsExactly(new OperatorId("a"), new OperatorId("b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "6", "3+3", "1+0", "1+", "+1", "1+1+1", "one", "1 2", ""})
    void refusesRacersThatDoNotFit(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> WrittenTerms.racers(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1ms", "1.5s", "61s", "99999999999", "5m", ""})
    void refusesDurationsThatNoQueryTakes(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> WrittenTerms.latencyMillis(text));
    }

    @Test
    void boundsTheOperators() {
        var many = IntStream.rangeClosed(0, WrittenTerms.MOST_OPERATORS)
                .mapToObj(Integer::toString)
                .toList();

        assertThat(WrittenTerms.operators(many.subList(1, many.size()))).hasSize(WrittenTerms.MOST_OPERATORS);
        assertThatIllegalArgumentException().isThrownBy(() -> WrittenTerms.operators(many));
        assertThatIllegalArgumentException().isThrownBy(() -> WrittenTerms.operators(List.of()));
    }
}
