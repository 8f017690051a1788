package io.streamsync.router.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class HeavyElementsTests {

    private static final int LARGEST = 16 * 1024 * 1024;

    private final BatchRoom room = new BatchRoom();
    private final HeavyElements elements = new HeavyElements(room);
    private final Queue<Integer> underWay = new ArrayDeque<>();
    private int refused;
    private int mostUnderWay;

    @Test
    void asksNobodyOnceTheRoomIsFull() {
        begin(100);
        assertThat(underWay).hasSize(8);

        answerAll(LARGEST);

        assertThat(mostUnderWay).isEqualTo(8);
        assertThat(refused).isEqualTo(92);
    }

    @Test
    void worksForNoMoreThanWasPaidForAndAFew() {
        begin(100);
        var paid = 0;
        while (paid < 40) {
            answer(10);
            paid++;
            assertThat(underWay.size()).isLessThanOrEqualTo(8 + paid);
        }
        answerAll(LARGEST);

        assertThat(refused).isPositive();
    }

    @Test
    void answersAllOfABatchThatHasRoomInFewRounds() {
        begin(100);
        var rounds = 0;
        while (!underWay.isEmpty()) {
            for (var i = underWay.size(); i > 0; i--) {
                answer(100_000);
            }
            rounds++;
        }
        assertThat(rounds).isEqualTo(4);
        assertThat(refused).isZero();
    }

    @Test
    void goesOnAfterElementsThatNobodyAnswers() {
        begin(20);
        while (!underWay.isEmpty()) {
            underWay.remove();
            elements.ended(false);
        }
        assertThat(refused).isZero();
    }

    private void begin(int count) {
        for (var i = 0; i < count; i++) {
            var index = i;
            elements.add(new HeavyElements.Element() {
                @Override
                public void ask() {
                    underWay.add(index);
                    mostUnderWay = Math.max(mostUnderWay, underWay.size());
                }

                @Override
                public void refuse() {
                    refused++;
                }
            });
        }
        elements.goOn();
    }

    private void answer(int bytes) {
        underWay.remove();
        elements.ended(room.take(bytes));
    }

    private void answerAll(int bytes) {
        while (!underWay.isEmpty()) {
            answer(bytes);
        }
    }
}
