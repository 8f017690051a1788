package io.streamsync.reputation.probing;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.reputation.score.Observation;
import io.streamsync.reputation.score.Observation.ConfirmedProbe;
import io.streamsync.reputation.score.Observation.Presence;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RoundObservationsTests {

    private static final Instant AT = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void countsWhoIsThereAndWhoIsNot() {
        assertThat(observations(at("a", 1_000), at("b", 1_003), silent("c")))
                .containsExactly(present("a"), confirmed("a"), present("b"), confirmed("b"), absent("c"));
    }

    @Test
    void isVoidWhenUnderHalfOfAllOperatorsAnswered() {
        assertThat(observations(at("a", 1_000), at("a", 1_000), silent("b"), silent("c")))
                .as("one operator of three, however many nodes it has")
                .isEmpty();
        assertThat(observations(at("a", 1_000), at("b", 1_000), silent("c"), silent("d")))
                .as("half of them")
                .hasSize(6);
        assertThat(observations(silent("a"))).isEmpty();
        assertThat(observations()).isEmpty();
    }

    @Test
    void countsAnOperatorAsThereWhenOneOfItsNodesIs() {
        assertThat(observations(at("a", 1_000), silent("a"), silent("b")))
                .contains(present("a"), absent("a"), absent("b"));
    }

    @Test
    void confirmsNoNodeThatStandsStillOrMakesItsSlotUp() {
        assertThat(observations(at("a", 1_000), at("b", 1_000), at("c", 1_000), at("stale", 871), at("ahead", 1_129)))
                .contains(present("stale"), present("ahead"))
                .doesNotContain(confirmed("stale"), confirmed("ahead"))
                .contains(confirmed("a"));
        assertThat(observations(at("a", 1_000), at("b", 1_000), at("behind", 872)))
                .contains(confirmed("behind"));
        assertThat(observations(at("a", Long.MAX_VALUE), at("b", 0))).doesNotContain(confirmed("a"), confirmed("b"));
    }

    @Test
    void confirmsNothingByOneOperatorAlone() {
        assertThat(observations(at("a", 1_000), at("a", 1_000))).containsOnly(present("a"));
    }

    private static List<Observation> observations(Probe... round) {
        return RoundObservations.of(List.of(round)).stream()
                .flatMap(seen -> Stream.of(seen.all()))
                .flatMap(List::stream)
                .toList();
    }

    private static Probe at(String operator, long slot) {
        return probe(operator, true, slot);
    }

    private static Probe silent(String operator) {
        return probe(operator, false, null);
    }

    private static Probe probe(String operator, boolean answered, @Nullable Long slot) {
        return new Probe(node(operator), new OperatorId(operator), answered, slot, AT);
    }

    private static NodeId node(String operator) {
        return new NodeId(operator + "-1");
    }

    private static Presence present(String operator) {
        return new Presence(node(operator), true);
    }

    private static Presence absent(String operator) {
        return new Presence(node(operator), false);
    }

    private static ConfirmedProbe confirmed(String operator) {
        return new ConfirmedProbe(node(operator));
    }
}
