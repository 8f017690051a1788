package io.streamsync.protocol.score;

import static io.streamsync.protocol.score.ComparedAnswer.Comparison.CONFLICT;
import static io.streamsync.protocol.score.ComparedAnswer.Comparison.DIFFERENT;
import static io.streamsync.protocol.score.ComparedAnswer.Comparison.SAME;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.score.ComparedAnswer.Beside;
import io.streamsync.protocol.score.ComparedAnswer.Comparison;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutliersTests {

    private static final OperatorId LIAR = new OperatorId("liar");

    @Test
    void flagsAtFiveConflictsWhereOthersHaveNone() {
        assertThat(Outliers.isOutlier(LIAR, market(answers(4, CONFLICT, 0, "a", "b"))))
                .isFalse();
        assertThat(Outliers.isOutlier(LIAR, market(answers(5, CONFLICT, 0, "a", "b"))))
                .isTrue();
    }

    @Test
    void flagsNobodyByTheWordOfOneOther() {
        assertThat(Outliers.isOutlier(LIAR, market(answers(50, CONFLICT, 0, "a"))))
                .isFalse();
        assertThat(Outliers.isOutlier(LIAR, market(answers(50, DIFFERENT, 1, "a"))))
                .isFalse();
    }

    @Test
    void flagsNobodyForWhatIsUsual() {
        var windows = market(answers(15, CONFLICT, 0, "a", "b"));
        windows.put(new OperatorId("a"), window(answers(5, CONFLICT, 0, "b", "c"), "b"));
        windows.put(new OperatorId("b"), window(answers(5, CONFLICT, 0, "a", "c"), "a"));

        assertThat(Outliers.isOutlier(LIAR, windows))
                .as("15 in 200 is not more than 3 times 5")
                .isFalse();

        windows.put(LIAR, window(answers(16, CONFLICT, 0, "a", "b"), "a"));
        assertThat(Outliers.isOutlier(LIAR, windows)).isTrue();
    }

    @Test
    void measuresDifferencesPerSlotApart() {
        // nobody else differs in 200 answers one slot apart: two may be usual, and 2 + 5 * sqrt(2) is 9.07
        assertThat(Outliers.isOutlier(LIAR, market(answers(9, DIFFERENT, 1, "a", "b"))))
                .isFalse();
        assertThat(Outliers.isOutlier(LIAR, market(answers(10, DIFFERENT, 1, "a", "b"))))
                .isTrue();
    }

    @Test
    void flagsNobodyWhereNobodyElseIsCompared() {
        assertThat(Outliers.isOutlier(LIAR, Map.of(LIAR, answers(200, CONFLICT, 0, "a", "b"))))
                .isFalse();
        assertThat(Outliers.isOutlier(LIAR, Map.of())).isFalse();
    }

    @Test
    void endsAFlagAfterTwoHundredCleanAnswers() {
        var windows = market(List.of());
        windows.remove(LIAR);

        assertThat(Outliers.isClean(LIAR, answers(199, SAME, 1, "a"), windows)).isFalse();
        assertThat(Outliers.isClean(LIAR, answers(200, SAME, 1, "a"), windows)).isTrue();
    }

    @Test
    void endsNoFlagWithAConflictOrWithTooManyDifferences() {
        var windows = market(List.of());
        windows.remove(LIAR);

        assertThat(Outliers.isClean(LIAR, window(answers(1, CONFLICT, 0, "a", "b"), "a"), windows))
                .isFalse();
        assertThat(Outliers.isClean(LIAR, window(answers(5, DIFFERENT, 1, "a", "b"), "a"), windows))
                .isTrue();
        assertThat(Outliers.isClean(LIAR, window(answers(20, DIFFERENT, 1, "a", "b"), "a"), windows))
                .isFalse();
    }

    /// Three honest operators, and the liar with these answers among 200.
    private static Map<OperatorId, List<ComparedAnswer>> market(List<ComparedAnswer> lies) {
        var windows = new HashMap<OperatorId, List<ComparedAnswer>>();
        windows.put(new OperatorId("a"), answers(200, SAME, 1, "b", "c"));
        windows.put(new OperatorId("b"), answers(200, SAME, 1, "a", "c"));
        windows.put(new OperatorId("c"), answers(200, SAME, 1, "a", "b"));
        windows.put(LIAR, window(lies, "a"));
        return windows;
    }

    private static List<ComparedAnswer> window(List<ComparedAnswer> some, String sameAs) {
        var window = new ArrayList<>(some);
        window.addAll(answers(Outliers.WINDOW - some.size(), SAME, 1, sameAs, "d"));
        return window;
    }

    private static List<ComparedAnswer> answers(int count, Comparison comparison, int slotsApart, String... others) {
        var beside = List.of(others).stream()
                .map(other -> new Beside(new OperatorId(other), comparison, slotsApart))
                .toList();
        return Collections.nCopies(count, new ComparedAnswer(LIAR, QueryClass.LOOKUP, false, beside));
    }
}
