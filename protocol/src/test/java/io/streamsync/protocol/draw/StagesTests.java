package io.streamsync.protocol.draw;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.answer.Answers;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.Markets;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.parameters.Parameters;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StagesTests {

    private static final Parameters PARAMETERS = Parameters.defaults();

    @ParameterizedTest
    @CsvSource({"9,1,4,1,4", "9,2,1,2,1", "9,3,0,3,0", "9,1,1,1,1", "4,1,4,1,1", "3,2,3,2,0"})
    void holdsBackWhoIsDrawnAfterTheFirst(int operators, int racers, int staged, int atOnce, int later) {
        var drawn = drawn(operators, "getBalance", terms(racers, staged));

        var stages = Stages.of(drawn, Answers.method("getBalance"), terms(racers, staged));

        assertThat(stages.first()).filteredOn(place -> place.place().races()).hasSize(atOnce);
        assertThat(stages.later())
                .hasSize(later)
                .allMatch(place -> place.place().races());
        assertThat(stages.first()).filteredOn(place -> !place.place().races()).hasSize(2 - (operators == 3 ? 1 : 0));
        assertThat(Stream.concat(stages.first().stream(), stages.later().stream()))
                .containsExactlyInAnyOrderElementsOf(drawn.places());
        assertThat(racing(stages)).isEqualTo(drawn.racing());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sendTransaction", "requestAirdrop"})
    void knowsNoStagesOfWhatIsSubmitted(String method) {
        var drawn = drawn(9, method, terms(1, 4));

        var stages = Stages.of(drawn, Answers.method(method), terms(1, 4));

        assertThat(stages.first()).isEqualTo(drawn.places());
        assertThat(stages.later()).isEmpty();
    }

    @Test
    void drawsAndChecksAsIfAllWereAskedAtOnce() {
        assertThat(drawn(9, "getBalance", terms(1, 4))).isEqualTo(drawn(9, "getBalance", terms(5, 0)));
    }

    private static List<Placed> racing(Stages stages) {
        return Stream.concat(stages.first().stream(), stages.later().stream())
                .filter(placed -> placed.place().races())
                .toList();
    }

    private static Drawn drawn(int operators, String method, Terms terms) {
        var known = Answers.method(method);
        var field = Field.of(market(operators), PARAMETERS, QueryClass.LOOKUP, terms);
        return Draw.of(field, known, terms, PARAMETERS, new SeededNumbers(3), Usability.ALL);
    }

    private static Terms terms(int racers, int staged) {
        return new Terms(
                Preference.BALANCED,
                OptionalLong.empty(),
                OptionalInt.empty(),
                racers,
                staged,
                false,
                List.of(),
                List.of());
    }

    private static MarketSnapshot market(int operators) {
        var market = new Markets();
        for (var i = 0; i < operators; i++) {
            market.operator(String.valueOf((char) ('a' + i)), 4_000L);
        }
        return market.snapshot();
    }
}
