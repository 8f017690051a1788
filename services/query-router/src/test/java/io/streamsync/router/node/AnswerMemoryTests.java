package io.streamsync.router.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswerMemoryTests {

    private static final int MIB = 1024 * 1024;

    private final AnswerMemory memory = new AnswerMemory(64L * MIB);

    @Test
    void keepsHalfForWhoeverComesWhenOneCustomerTakesAllItCanGet() {
        var slow = memory.of("slow");

        assertThat(taken(slow)).isEqualTo(32);
        assertThat(slow.isFull()).isTrue();

        var other = memory.of("other");
        assertThat(other.isFull()).isFalse();
        assertThat(taken(other)).isEqualTo(16);
        assertThat(taken(memory.of("third"))).isEqualTo(10);
        assertThat(memory.held()).isLessThanOrEqualTo(64L * MIB);
    }

    @Test
    void givesEqualSharesAgainOnceTheFirstLetsGo() {
        var slow = memory.of("slow");
        taken(slow);
        var other = memory.of("other");
        taken(other);

        for (var i = 0; i < 32; i++) {
            slow.shrink(MIB, 0);
        }

        assertThat(slow.isFull()).isFalse();
        assertThat(taken(other) + 16).isEqualTo(32);
    }

    @Test
    void leavesEveryoneTheAnswersOfOneRaceAsLongAsThereIsAny() {
        for (var i = 0; i < 16; i++) {
            assertThat(memory.of("c" + i).isFull()).isFalse();
            for (var place = 0; place < 4; place++) {
                assertThat(memory.of("c" + i).grow(0, MIB)).isTrue();
            }
        }
        assertThat(memory.of("late").isFull()).isTrue();
        assertThat(memory.of("late").grow(0, MIB)).isFalse();
    }

    @Test
    void keepsNothingForComparingWhereItIsScarce() {
        var one = memory.of("one");
        for (var i = 0; i < 31; i++) {
            assertThat(one.growIfPlenty(0, MIB)).isTrue();
        }
        assertThat(one.growIfPlenty(0, 2 * MIB)).isFalse();
        assertThat(memory.of("other").grow(0, 2 * MIB)).isTrue();
    }

    @Test
    void countsNoShortAnswers() {
        var one = memory.of("one");
        assertThat(one.grow(0, AnswerMemory.SHORT)).isTrue();
        assertThat(memory.held()).isZero();
        assertThat(one.grow(AnswerMemory.SHORT, AnswerMemory.SHORT + 1)).isTrue();
        one.shrink(AnswerMemory.SHORT + 1, AnswerMemory.SHORT);
        one.shrink(AnswerMemory.SHORT, 0);

        assertThat(memory.held()).isZero();
        memory.tidy();
        assertThat(memory.size()).isZero();
    }

    /// In MiB, one at a time until there is no more.
    private static int taken(AnswerMemory.Share by) {
        var count = 0;
        while (by.grow(0, MIB)) {
            count++;
        }
        return count;
    }
}
