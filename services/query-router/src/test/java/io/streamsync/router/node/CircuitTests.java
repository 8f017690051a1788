package io.streamsync.router.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.streamsync.protocol.draw.SkipReason;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.QueryClass;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CircuitTests {

    private static final long NOW = 7_000_000_000L;
    private static final long SECOND = 1_000_000_000L;

    private final Upstream node =
            new Upstreams().listed(new NodeId("n"), "http://127.0.0.1:1", List.of("127.0.0.1"), Map.of());

    @Test
    void isOpenedByFiveFailuresInARow() {
        fail(4);
        assertThat(unusable(NOW)).isNull();

        assertThat(node.failed(NOW)).isTrue();

        assertThat(unusable(NOW + 1)).isEqualTo(SkipReason.CIRCUIT_OPEN);
    }

    @Test
    void letsOneQueryTryAfterAPauseAndAllAgainWhenItAnswers() {
        fail(5);

        node.asked(QueryClass.LOOKUP, NOW + SECOND);
        assertThat(unusable(NOW + SECOND + 1)).isEqualTo(SkipReason.CIRCUIT_OPEN);

        node.succeeded();
        assertThat(unusable(NOW + SECOND + 2)).isNull();
        assertThat(unusable(NOW + SECOND + 3)).isNull();
    }

    @Test
    void keepsTheTrialForTheQueryThatAsksWhateverWasDrawnBefore() {
        fail(5);

        assertThat(unusable(NOW + SECOND)).isNull();
        assertThat(unusable(NOW + SECOND + 1)).isNull();
    }

    @Test
    void letsOneQueryTryAtOnceAfterAProbeWasAnswered() {
        fail(12);

        node.probed(NOW + SECOND);

        assertThat(unusable(NOW + SECOND)).isNull();
        node.asked(QueryClass.LOOKUP, NOW + SECOND);
        assertThat(unusable(NOW + SECOND + 1)).isEqualTo(SkipReason.CIRCUIT_OPEN);
    }

    @Test
    void pausesLongerEachTime() {
        fail(12);

        assertThat(unusable(NOW + 20 * SECOND)).isEqualTo(SkipReason.CIRCUIT_OPEN);
        assertThat(unusable(NOW + 31 * SECOND)).isNull();
    }

    @Test
    void staysClosedWhileFailuresAreNotInARow() {
        for (var i = 0; i < 20; i++) {
            fail(4);
            node.succeeded();
        }

        assertThat(unusable(NOW)).isNull();
    }

    @Test
    void skipsWhatHasItsCapacityInFlight() {
        node.asked(QueryClass.LOOKUP, NOW);
        node.asked(QueryClass.LOOKUP, NOW);

        assertThat(node.unusable(QueryClass.LOOKUP, 2, NOW)).isEqualTo(SkipReason.CAPACITY);
        assertThat(node.unusable(QueryClass.SCAN, 2, NOW)).isNull();

        node.done(QueryClass.LOOKUP);
        assertThat(node.unusable(QueryClass.LOOKUP, 2, NOW)).isNull();
    }

    @Test
    void asksLessOfANodeThatRefusedForItsRate() {
        for (var i = 0; i < 4; i++) {
            node.asked(QueryClass.LOOKUP, NOW);
        }

        node.rateLimited(QueryClass.LOOKUP, NOW);

        assertThat(node.unusable(QueryClass.LOOKUP, 100, NOW + 1)).isEqualTo(SkipReason.CAPACITY);
        assertThat(node.unusable(QueryClass.LOOKUP, 100, NOW + 2 * SECOND)).isNull();
    }

    @Test
    void keepsANodesStandingUntilItsEndpointChanges() {
        var upstreams = new Upstreams();
        var first = upstreams.listed(new NodeId("n"), "http://127.0.0.1:1", List.of("127.0.0.1"), Map.of());

        assertThat(upstreams.listed(new NodeId("n"), "http://127.0.0.1:1", List.of("127.0.0.1"), Map.of()))
                .isSameAs(first);
        assertThat(upstreams.listed(new NodeId("n"), "http://127.0.0.1:2", List.of("127.0.0.1"), Map.of()))
                .isNotSameAs(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://a", "http://", "file:///etc/passwd", "http://a b", "//a", "https:/a", ""})
    void refusesWhatIsNoEndpoint(String endpoint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Upstreams().listed(new NodeId("n"), endpoint, List.of("127.0.0.1"), Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "node.example", "127.0.0.1 ", "", "::1]"})
    void refusesAddressesThatWouldHaveToBeLookedUp(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Upstreams().listed(new NodeId("n"), "http://a", List.of(address), Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "content-length", "Transfer-Encoding", "X:y", "X y", "Connection", "X\r\nY"})
    void refusesHeadersThatFrameAMessage(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Upstreams().listed(new NodeId("n"), "http://a", List.of("127.0.0.1"), Map.of(name, "v")));
    }

    @Test
    void refusesHeaderValuesThatSmuggle() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Upstreams()
                        .listed(new NodeId("n"), "http://a", List.of("127.0.0.1"), Map.of("X", "v\r\nHost: b")));
    }

    private @Nullable SkipReason unusable(long now) {
        return node.unusable(QueryClass.LOOKUP, 100, now);
    }

    private void fail(int times) {
        for (var i = 0; i < times; i++) {
            node.failed(NOW);
        }
    }
}
