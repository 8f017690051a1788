package io.streamsync.reputation.observation;

import static io.streamsync.protocol.record.StreamRecord.Verdict.AGREES;
import static io.streamsync.protocol.record.StreamRecord.Verdict.WINS;
import static io.streamsync.reputation.observation.Races.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.record.StreamRecord.Result;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RacePerformanceTests {

    /// The other answer: slot 1 000 after 20 ms.
    private static final Result OTHER = answer("other", Place.CHECKING, AGREES, 20, 1_000);

    @ParameterizedTest(name = "{0} ms, slot {1}: {2}")
    @CsvSource({
        "20, 1000, 1",
        "20, 1004, 1", // ahead is no merit
        "45, 1000, 0.5", // (20 + 5) / (45 + 5)
        "20, 992, 0.5", // 8 slots behind
        "20, 984, 0.25",
        "45, 992, 0.25",
        "20, -1, 1", // a method whose answers have no slot
        "995, 1000, 0.025",
    })
    void halvesPerEightSlotsBehind(long latencyMs, long slot, double expected) {
        var own = answer("own", Place.RACING, WINS, latencyMs, slot);

        assertThat(RacePerformance.beside(List.of(OTHER, own)).of(own)).isCloseTo(expected, within(1e-9));
    }

    @ParameterizedTest(name = "{0} ms later, {1} slots further: the first is worth {2}")
    @CsvSource({
        "1, 1, 1", // the slot may have turned in between
        "400, 1, 1",
        "401, 2, 1",
        "1900, 5, 1",
        "1900, 13, 0.5", // eight more than 1.9 s explain
    })
    void doesNotTakeAnEarlyAnswerForOneBehind(long laterMs, long slotsFurther, double expected) {
        var later = answer("later", Place.CHECKING, AGREES, 20 + laterMs, 1_000 + slotsFurther);
        var early = answer("early", Place.RACING, WINS, 20, 1_000);

        assertThat(RacePerformance.beside(List.of(later, early)).of(early)).isCloseTo(expected, within(1e-9));
    }
}
