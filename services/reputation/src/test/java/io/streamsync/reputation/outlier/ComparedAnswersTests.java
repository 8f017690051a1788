package io.streamsync.reputation.outlier;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.score.ComparedAnswer;
import io.streamsync.protocol.score.ComparedAnswer.Beside;
import io.streamsync.protocol.score.ComparedAnswer.Comparison;
import io.streamsync.protocol.score.Outliers;
import io.streamsync.reputation.outlier.ComparedAnswers.Side;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparedAnswersTests {

    @Test
    void keepsOfManyWhatWillBeLookedBackOn() {
        var seen = new ArrayList<ComparedAnswer>();
        for (var n = 0; n < 2 * Outliers.WINDOW; n++) {
            seen.add(answer("a", false, n));
            seen.add(answer("b", n % 2 == 0, n));
        }
        seen.add(answer("c", true, 7));

        var latest = ComparedAnswers.latest(seen);

        assertThat(latest)
                .containsOnlyKeys(side("a", false), side("b", false), side("b", true), side("c", true))
                .containsEntry(
                        side("a", false), of(seen, side("a", false)).subList(Outliers.WINDOW, 2 * Outliers.WINDOW))
                .containsEntry(side("b", false), of(seen, side("b", false)))
                .containsEntry(side("b", true), of(seen, side("b", true)))
                .containsEntry(side("c", true), of(seen, side("c", true)));
    }

    private static List<ComparedAnswer> of(List<ComparedAnswer> answers, Side side) {
        return answers.stream()
                .filter(answer -> side.equals(new Side(answer.operatorId(), answer.shadow())))
                .toList();
    }

    private static Side side(String operator, boolean shadow) {
        return new Side(new OperatorId(operator), shadow);
    }

    private static ComparedAnswer answer(String operator, boolean shadow, int slotsApart) {
        return new ComparedAnswer(
                new OperatorId(operator),
                QueryClass.LOOKUP,
                shadow,
                List.of(new Beside(new OperatorId("other"), Comparison.SAME, slotsApart)));
    }
}
