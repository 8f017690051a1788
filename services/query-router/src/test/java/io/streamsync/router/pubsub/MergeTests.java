package io.streamsync.router.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.router.pubsub.SubscriptionKind.Telling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of what several nodes tell.
class MergeTests {

    private static final long OVERLAP = 40;
    private static final long PATIENCE = 10;

    private final List<Long> told = new ArrayList<>();
    private final Merge slots = new Merge(Telling.IN_ORDER, OVERLAP, new Budget(Long.MAX_VALUE));

    @Test
    void tellsEachSlotOnceWhoeverIsFirst() {
        var a = slots.begin(0);
        var b = slots.begin(0);

        tells(slots, a, 1, 2);
        tells(slots, b, 2, 3, 4);
        tells(slots, a, 3, 4, 5);

        assertThat(told).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void letsNobodyOvertakeWhoIsBehind() {
        var behind = slots.begin(0);
        tells(slots, behind, 1);
        var ahead = slots.begin(1);

        tells(slots, ahead, 5, 6);
        tells(slots, behind, 2, 3, 4, 5);

        assertThat(told).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void takesASlotWhoseParentWasToldForTheNext() {
        var a = slots.begin(0);
        tells(slots, a, 7);
        slots.end(a, 1);
        var b = slots.begin(2);

        slots.tells(b, slot(11, 7), 2, notice -> told.add(notice.slot()));

        assertThat(told).containsExactly(7L, 11L);
        assertThat(slots.isTorn()).isFalse();
    }

    @Test
    void saysThatSomethingIsMissing() {
        var a = slots.begin(0);
        tells(slots, a, 7);
        slots.end(a, 1);
        var b = slots.begin(2);

        slots.tells(b, slot(11, 9), 2, notice -> told.add(notice.slot()));

        assertThat(told).containsExactly(7L);
        assertThat(slots.isTorn(1 + PATIENCE - 1, PATIENCE)).isFalse();
        assertThat(slots.isTorn(1 + PATIENCE, PATIENCE)).isTrue();
    }

    @Test
    void isNotTornAsLongAsNothingWasTold() {
        slots.end(slots.begin(0), 1);

        assertThat(slots.isTorn()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"ONCE_EACH", "NEWEST"})
    void isTornWhenANewcomerIsLeftAlone(Telling telling) {
        var merge = new Merge(telling, OVERLAP, new Budget(Long.MAX_VALUE));
        var a = merge.begin(0);
        tells(merge, a, 7);
        merge.begin(1);

        merge.end(a, 2);

        assertThat(merge.isTorn(2, PATIENCE)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"ONCE_EACH", "NEWEST"})
    void isNotTornOnceANewcomerWasBesideAnother(Telling telling) {
        var merge = new Merge(telling, OVERLAP, new Budget(Long.MAX_VALUE));
        var a = merge.begin(0);
        tells(merge, a, 7);
        merge.begin(1);
        merge.look(1 + OVERLAP);

        merge.end(a, 2 + OVERLAP);

        assertThat(merge.isTorn()).isFalse();
    }

    @Test
    void neverTellsAnOlderStateAfterANewerOne() {
        var merge = new Merge(Telling.NEWEST, OVERLAP, new Budget(Long.MAX_VALUE));
        var a = merge.begin(0);
        var b = merge.begin(0);

        for (var slot : new long[] {5, 7}) {
            merge.tells(a, account(slot, 1), 0, notice -> told.add(notice.slot()));
        }
        for (var slot : new long[] {5, 6, 7, 8}) {
            merge.tells(b, account(slot, 1), 0, notice -> told.add(notice.slot()));
        }
        merge.tells(b, account(6, 2), 0, notice -> told.add(notice.slot()));

        assertThat(told).containsExactly(5L, 7L, 8L, 6L);
    }

    @Test
    void believesOneAloneInWhatItDoesNotUnderstand() {
        var a = slots.begin(0);
        var b = slots.begin(0);

        tells(slots, a, Notice.NOT_UNDERSTOOD);
        tells(slots, b, Notice.NOT_UNDERSTOOD);

        assertThat(told).hasSize(1);
    }

    /// Nodes of different lags come and go at random, never the last that is joined.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void losesAndDoublesNothingWhileNodesComeAndGo(long seed) {
        var random = new Random(seed);
        Map<Strand, Long> next = new HashMap<>();
        next.put(slots.begin(0), 1L);
        for (var time = 1L; time < 2_000; time++) {
            if (next.size() < 2) {
                next.put(slots.begin(time), Math.max(1, time - random.nextInt(8)));
            }
            for (var strand : List.copyOf(next.keySet())) {
                var upTo = time - random.nextInt(8);
                for (var slot = next.getOrDefault(strand, 0L); slot <= upTo; slot++) {
                    tells(slots, strand, slot);
                    next.put(strand, slot + 1);
                }
            }
            var joined = next.keySet().stream().filter(Strand::isJoined).toList();
            if (joined.size() == 2 && random.nextInt(5) == 0) {
                var lost = joined.get(random.nextInt(2));
                slots.end(lost, time);
                next.remove(lost);
            }
        }

        assertThat(told)
                .isEqualTo(LongStream.rangeClosed(1, told.size()).boxed().toList());
        assertThat(told).hasSizeGreaterThan(1_900);
    }

    private void tells(Merge merge, Strand strand, long... numbers) {
        for (var number : numbers) {
            merge.tells(strand, slot(number, Notice.NOT_UNDERSTOOD), 0, notice -> told.add(notice.slot()));
        }
    }

    private static Notice slot(long slot, long parent) {
        return new Notice(new byte[0], 0, 0, slot, parent, 0, -1, false);
    }

    private static Notice account(long slot, long identity) {
        return new Notice(new byte[0], 0, 0, slot, -1, identity, slot, false);
    }
}
