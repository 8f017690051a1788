package io.streamsync.router.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.Ask;
import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.market.SolanaMethods;
import io.streamsync.protocol.record.StreamRecord.RefundReason;
import io.streamsync.protocol.record.StreamRecord.Sla;
import io.streamsync.router.race.LatencySla.Timing;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LatencySlaTests {

    private static final SolanaMethod LIGHT = SolanaMethods.find("getBalance").orElseThrow();
    private static final SolanaMethod HEAVY =
            SolanaMethods.find("getProgramAccounts").orElseThrow();
    private static final Ask ASK = new Ask(4_000, 50, 10);

    @Test
    void chargesTheAskWithinTheWinnersOwnGuarantee() {
        var judged = LatencySla.judge(LIGHT, Terms.standard(3), ASK, new Timing(50_000, 49_000, false, false), false);

        assertThat(judged).isEqualTo(new LatencySla(new Sla(50, false, true), 4_000, null, false));
    }

    @Test
    void chargesNothingWhenTheNodeWasLate() {
        var judged = LatencySla.judge(LIGHT, Terms.standard(3), ASK, new Timing(50_001, 50_001, false, false), false);

        assertThat(judged).isEqualTo(new LatencySla(new Sla(50, false, false), 0, RefundReason.SLA_MISSED, false));
    }

    @Test
    void promisesNothingForAnAnswerThatWasHeld() {
        var judged = LatencySla.judge(LIGHT, within(20), ASK, new Timing(900_000, 10_000, false, true), false);

        assertThat(judged).isEqualTo(new LatencySla(null, 4_000, null, false));
    }

    @Test
    void prefersTheCustomersSla() {
        var judged = LatencySla.judge(LIGHT, within(20), ASK, new Timing(30_000, 30_000, false, false), false);

        assertThat(judged.sla()).isEqualTo(new Sla(20, true, false));
        assertThat(judged.feeNano()).isZero();
    }

    @Test
    void takesTheBlameForItsOwnDelay() {
        var judged = LatencySla.judge(LIGHT, Terms.standard(3), ASK, new Timing(80_000, 10_000, false, false), false);

        assertThat(judged.feeNano()).isZero();
        assertThat(judged.lateByRouter()).isTrue();
    }

    @Test
    void takesTheBlameForASecondDraw() {
        var judged = LatencySla.judge(LIGHT, Terms.standard(3), ASK, new Timing(80_000, 70_000, true, false), false);

        assertThat(judged.lateByRouter()).isTrue();
    }

    @Test
    void promisesNothingForHeavyMethodsAndLargeAnswers() {
        var late = new Timing(3_000_000, 3_000_000, false, false);

        assertThat(LatencySla.judge(HEAVY, within(20), ASK, late, false))
                .isEqualTo(new LatencySla(null, 4_000, null, false));
        assertThat(LatencySla.judge(LIGHT, within(20), ASK, late, true))
                .isEqualTo(new LatencySla(null, 4_000, null, false));
    }

    private static Terms within(int millis) {
        var standard = Terms.standard(3);
        return new Terms(
                standard.prefer(), OptionalLong.empty(), OptionalInt.of(millis), 3, 0, false, List.of(), List.of());
    }
}
