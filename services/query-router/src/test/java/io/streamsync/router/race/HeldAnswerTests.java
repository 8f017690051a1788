package io.streamsync.router.race;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.record.StreamRecord.Outcome;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HeldAnswerTests {

    private final AtomicInteger givenBack = new AtomicInteger();
    private final HeldAnswer held = new HeldAnswer(givenBack::incrementAndGet);

    @Test
    void isGivenBackOnceWhenItIsComparedAndWritten() {
        held.compared();
        held.compared();
        assertThat(givenBack).hasValue(0);

        held.written();
        held.written();

        assertThat(givenBack).hasValue(1);
    }

    @Test
    void isHeldByTheComparisonAfterItWasWritten() {
        held.written();
        assertThat(givenBack).hasValue(0);

        held.compared();

        assertThat(givenBack).hasValue(1);
    }

    @Test
    void isReadByNobodyWhereAnotherAnswerWasGivenInItsPlace() {
        var answer = new NodeAnswer("7".getBytes(UTF_8), NodeAnswer.Kind.RESULT, 0, 1, 0, OptionalLong.empty());
        var end = new RaceEnd(new Outcome(0, 1, -1, 1, 1, null, null, false), null, answer, held);

        end.compared();
        end.written();

        assertThat(givenBack).hasValue(1);
    }
}
