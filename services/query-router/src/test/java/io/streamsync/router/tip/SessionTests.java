package io.streamsync.router.tip;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.tip.Commitment;
import io.streamsync.protocol.tip.NodeTips;
import io.streamsync.protocol.tip.Reach;
import io.streamsync.protocol.tip.Tip;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionTests {

    private static final long NOW = 1_000_000;

    private final Session session = new Session(NOW);
    private final Reach reach = reach(100);

    @Test
    void needsNothingBeforeItHasSeenAnything() {
        assertThat(session.floor(Commitment.PROCESSED, reach, NOW)).isEqualTo(-1);
    }

    @Test
    void bindsTheSameAndLessSureCommitments() {
        session.saw(Commitment.CONFIRMED, 100, reach, NOW);

        assertThat(session.floor(Commitment.FINALIZED, reach, NOW)).isEqualTo(-1);
        assertThat(session.floor(Commitment.CONFIRMED, reach, NOW)).isEqualTo(100);
        assertThat(session.floor(Commitment.PROCESSED, reach, NOW)).isEqualTo(100);
    }

    @Test
    void neverGoesBack() {
        session.saw(Commitment.PROCESSED, 100, reach, NOW);
        session.saw(Commitment.PROCESSED, 99, reach, NOW);

        assertThat(session.floor(Commitment.PROCESSED, reach, NOW)).isEqualTo(100);
    }

    @Test
    void takesASlotAheadOfTheSecondHighestTipForThatTip() {
        session.saw(Commitment.PROCESSED, 101, reach, NOW);
        assertThat(session.floor(Commitment.PROCESSED, reach, NOW)).isEqualTo(100);

        session.saw(Commitment.PROCESSED, 1_000_000, reach, NOW + 1);
        assertThat(session.floor(Commitment.PROCESSED, reach, NOW + 1)).isEqualTo(101);
    }

    @Test
    void isNotForgottenWhileItsKeyIsTold() {
        var sessions = new Sessions();
        var now = Tips.millis();
        sessions.of("key").saw(Commitment.PROCESSED, 100, reach, now + 119_000);

        sessions.tidy(now + 121_000);

        assertThat(sessions.size()).isEqualTo(1);
    }

    @Test
    void asksForNoMoreThanAChainThatBeganAnewCanHave() {
        session.saw(Commitment.PROCESSED, 100, reach, NOW);

        assertThat(session.floor(Commitment.PROCESSED, reach(5), NOW)).isEqualTo(5 + 6);
    }

    @Test
    void believesNoSlotWhereNothingIsKnownOfTheChain() {
        session.saw(Commitment.PROCESSED, 100, Reach.UNKNOWN, NOW);

        assertThat(session.floor(Commitment.PROCESSED, Reach.UNKNOWN, NOW)).isEqualTo(-1);
    }

    @Test
    void isForgottenWhenItsKeyAsksNoMore() {
        var sessions = new Sessions();
        var now = Tips.millis();
        var kept = sessions.of("key");
        assertThat(sessions.of("key")).isSameAs(kept);

        sessions.tidy(now + 60_000);
        assertThat(sessions.size()).isEqualTo(1);
        kept.floor(Commitment.PROCESSED, reach, now + 60_000);
        sessions.tidy(now + 170_000);
        assertThat(sessions.size()).isEqualTo(1);
        sessions.tidy(now + 190_000);
        assertThat(sessions.size()).isZero();
    }

    private static Reach reach(long slot) {
        NodeTips node = _ -> new Tip(slot, NOW, NOW);
        return Reach.of(List.of(List.of(node), List.of(node)), NOW, Parameters.defaults());
    }
}
