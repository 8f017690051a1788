package io.streamsync.billing.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OpenRacesTests {

    @Test
    void knowsWhatSetsKnow() {
        var random = new Random(7);
        var races = new OpenRaces(List.of(), Map.of());
        var expected = new TreeSet<Long>();
        for (var step = 0; step < 20_000; step++) {
            var sequence = random.nextLong(3 * OpenRaces.PER_BLOCK);
            assertThat(races.isOpen(sequence)).isEqualTo(expected.contains(sequence));
            if (expected.remove(sequence)) {
                assertThat(races.verified(sequence, step)).isZero();
            } else {
                expected.add(sequence);
                races.charged(sequence, 1_000 + sequence);
            }
        }

        var open = races.changed().stream()
                .flatMap(block -> block.sequences().stream())
                .toList();

        assertThat(open).containsExactlyElementsOf(expected);
        assertThat(races.changed()).extracting(OpenRaces.Block::number).containsExactly(0L, 1L, 2L);
    }

    @Test
    void lapsesNoBlockBeforeItsFirstRaceIsDue() {
        var races = new OpenRaces(List.of(), Map.of());

        races.charged(2, 2_000);
        races.charged(1, 1_000);
        races.charged(3, 3_000);

        assertThat(races.changed().getFirst().due()).isEqualTo(1_000);
    }

    @Test
    void takesAVerdictOnce() {
        var races = new OpenRaces(List.of(), Map.of(9L, 80L));
        races.charged(5, 1_000);

        assertThatThrownBy(() -> races.charged(5, 1_000)).hasMessage("race 5 was answered twice");
        assertThat(races.verified(5, 1)).isZero();
        assertThat(races.verified(9, 2))
                .as("lapsed, with what the insurance got")
                .isEqualTo(80);
        assertThat(races.returned()).containsExactly(Map.entry(9L, 2L));
        for (var sequence : List.of(5L, 9L, 11L)) {
            assertThatThrownBy(() -> races.verified(sequence, 3))
                    .isInstanceOf(StreamBroken.class)
                    .hasMessageContaining("verified twice, or was never charged");
        }
        assertThat(races.changed().getFirst().isEmpty()).isTrue();
    }
}
