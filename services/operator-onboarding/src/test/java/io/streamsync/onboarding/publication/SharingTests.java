package io.streamsync.onboarding.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.onboarding.publication.Sharing.Traits;
import io.streamsync.protocol.market.OperatorId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SharingTests {

    @Test
    void countsOperatorsThatShareNothingAsThemselves() {
        assertThat(groups(List.of(of("a", "payout 1"), of("b", "payout 2"), of("c"))))
                .isEqualTo(Map.of("a", "a", "b", "b", "c", "c"));
    }

    @Test
    void countsThoseThatShareAsTheFirstById() {
        assertThat(groups(List.of(of("b", "payout 1"), of("a", "payout 1", "identity x"), of("c", "payout 2"))))
                .isEqualTo(Map.of("a", "a", "b", "a", "c", "c"));
    }

    @Test
    void joinsGroupsByWayOfOthersWhateverTheOrder() {
        var operators = new ArrayList<>(List.of(
                of("d", "payout 1"),
                of("c", "payout 1", "identity x"),
                of("b", "identity x", "network n"),
                of("a", "network n"),
                of("e", "network m")));
        var random = new Random(5);
        for (int round = 0; round < 50; round++) {
            Collections.shuffle(operators, random);

            assertThat(groups(operators)).isEqualTo(Map.of("a", "a", "b", "a", "c", "a", "d", "a", "e", "e"));
        }
    }

    @Test
    void ordersIdsByTheirBytes() {
        assertThat(groups(List.of(of("a", "t"), of("B", "t"), of("_", "t"))))
                .isEqualTo(Map.of("a", "B", "B", "B", "_", "B"));
    }

    private static Map<String, String> groups(List<Traits> operators) {
        return Sharing.groups(operators).entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().value(),
                        entry -> entry.getValue().value()));
    }

    private static Traits of(String id, String... traits) {
        return new Traits(new OperatorId(id), Set.of(traits));
    }
}
