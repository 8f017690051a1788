package io.streamsync.router.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.streamsync.protocol.draw.SkipReason;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.QueryClass;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
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

        assertThat(node.failed(NOW, NOW)).isTrue();

        assertThat(unusable(NOW + 1)).isEqualTo(SkipReason.CIRCUIT_OPEN);
    }

    @Test
    void letsOneQueryTryAfterAPauseAndAllAgainWhenItAnswers() {
        fail(5);

        assertThat(claims(NOW + SECOND)).isTrue();
        assertThat(unusable(NOW + SECOND + 1)).isEqualTo(SkipReason.CIRCUIT_OPEN);
        assertThat(claims(NOW + SECOND + 1)).isFalse();

        node.succeeded(NOW + SECOND);
        assertThat(unusable(NOW + SECOND + 2)).isNull();
        assertThat(claims(NOW + SECOND + 2)).isTrue();
        assertThat(claims(NOW + SECOND + 2)).isTrue();
    }

    @Test
    void letsNobodyElseTryHoweverLongTheTrialTakes() {
        fail(5);

        assertThat(claims(NOW + SECOND)).isTrue();

        assertThat(claims(NOW + 10 * SECOND)).isFalse();
        assertThat(claims(NOW + 11 * SECOND)).isTrue();
    }

    @Test
    void pausesLongerAfterEachTrialThatFails() {
        fail(5);
        var now = NOW;
        for (var pause = SECOND; pause <= 16 * SECOND; pause *= 2) {
            now += pause;
            assertThat(claims(now)).isTrue();
            assertThat(node.failed(now, now)).isFalse();
            assertThat(unusable(now + pause - 1)).isEqualTo(SkipReason.CIRCUIT_OPEN);
        }
        assertThat(unusable(now + 30 * SECOND)).isNull();
    }

    @Test
    void opensNoFurtherForWhatWasOnItsWayWhenItOpened() {
        fail(50);

        assertThat(unusable(NOW + SECOND / 2)).isNull();
    }

    @Test
    void closesNotForWhatWasAskedBeforeItOpened() {
        fail(5);

        node.succeeded(NOW - 1);

        assertThat(unusable(NOW + 1)).isEqualTo(SkipReason.CIRCUIT_OPEN);
    }

    @Test
    void closesForAnAnswerToWhoeverAskedForWantOfOthers() {
        fail(5);

        node.succeeded(NOW + 1);

        assertThat(unusable(NOW + 2)).isNull();
    }

    @Test
    void givesTheTrialToTheNextWhenItsPlaceComesToNothing() {
        fail(5);
        claims(NOW + SECOND);

        node.unclaim(NOW + SECOND);

        assertThat(claims(NOW + SECOND + 1)).isTrue();
        node.unclaim(NOW + SECOND);
        assertThat(claims(NOW + SECOND + 2)).isFalse();
    }

    @Test
    void keepsTheTrialForThePlaceThatIsTakenWhoeverLooked() {
        fail(5);

        assertThat(unusable(NOW + SECOND)).isNull();
        assertThat(unusable(NOW + SECOND + 1)).isNull();
    }

    @Test
    void letsOneQueryTryAtOnceAfterAProbeWasAnswered() {
        fail(5);

        node.probed(NOW + 1);

        assertThat(claims(NOW + 1)).isTrue();
        node.probed(NOW + 2);
        assertThat(claims(NOW + 2)).isFalse();
    }

    @Test
    void staysClosedWhileFailuresAreNotInARow() {
        for (var i = 0; i < 20; i++) {
            fail(4);
            node.succeeded(NOW);
        }

        assertThat(unusable(NOW)).isNull();
    }

    /// Many at the same moment: one of them tries, and the circuit opens once and closes once.
    @Test
    void letsExactlyOneOfManyTryAtTheSameMoment() {
        for (var round = 0; round < 200; round++) {
            var many = new Upstreams().listed(new NodeId("n"), "http://127.0.0.1:1", List.of("127.0.0.1"), Map.of());
            assertThat(Crowd.times(() -> many.failed(NOW, NOW))).isEqualTo(1);
            var trials = new AtomicInteger();
            assertThat(Crowd.times(() -> many.claim(NOW + SECOND, _ -> trials.incrementAndGet())))
                    .isEqualTo(1);
            assertThat(trials).hasValue(1);
        }
    }

    @Test
    void skipsWhatHasItsCapacityInFlight() {
        node.asked(QueryClass.LOOKUP);
        node.asked(QueryClass.LOOKUP);

        assertThat(node.unusable(QueryClass.LOOKUP, 2, NOW)).isEqualTo(SkipReason.CAPACITY);
        assertThat(node.unusable(QueryClass.SCAN, 2, NOW)).isNull();
        assertThat(node.isOverdrawn(QueryClass.LOOKUP, 2)).isFalse();
        assertThat(node.isOverdrawn(QueryClass.LOOKUP, 1)).isTrue();

        node.done(QueryClass.LOOKUP);
        assertThat(node.unusable(QueryClass.LOOKUP, 2, NOW)).isNull();
    }

    @Test
    void asksLessInTheClassForWhichTheNodeRefused() {
        node.asked(QueryClass.LOOKUP);
        node.asked(QueryClass.SCAN);

        node.rateLimited(QueryClass.LOOKUP, NOW, NOW, 0);

        assertThat(node.unusable(QueryClass.LOOKUP, 100, NOW + 1)).isEqualTo(SkipReason.CAPACITY);
        assertThat(node.unusable(QueryClass.SCAN, 100, NOW + 1)).isNull();
        assertThat(node.claim(NOW + 1, _ -> {})).isTrue();
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

    private boolean claims(long now) {
        return node.claim(now, _ -> {});
    }

    private void fail(int times) {
        for (var i = 0; i < times; i++) {
            node.failed(NOW, NOW);
        }
    }
}
