package io.streamsync.billing.stakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Broker;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.events.Topics;
import io.streamsync.events.onboarding.StakeChanged;
import io.streamsync.events.onboarding.StakeChanged.Kind;
import io.streamsync.protocol.market.OperatorId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import tools.jackson.databind.json.JsonMapper;

@BillingTest
class StakesTests {

    @Autowired
    Ledger ledger;

    @Autowired
    Stakes stakes;

    @Autowired
    BondedStakes bonded;

    private final OperatorId operator = new OperatorId("staker-" + UUID.randomUUID());

    @Test
    void booksEachChangeOnceByItsReference() {
        tell(change(Kind.DEPOSITED, "d1", "100"));
        tell(change(Kind.DEPOSITED, "d1", "100"));
        tell("{\"not\":\"a stake\"}");
        tell(change(Kind.UNBONDING_STARTED, "u1", "40"));
        tell(change(Kind.UNBONDING_CANCELLED, "u1", "10"));
        tell(change(Kind.WITHDRAWN, "w1", "30"));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(ledger.balance(Account.stake(operator))).isEqualTo(70));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(ledger.balance(Account.unbonding(operator))).isZero());
    }

    @Test
    void tellsWhatWasBondedAtATimeHoweverLateItIsBooked() {
        var other = new OperatorId("staker-" + UUID.randomUUID());
        var time = Instant.parse("2026-01-01T00:00:00Z");
        book(operator, Kind.DEPOSITED, 100, time.plusSeconds(30), "1");
        book(operator, Kind.DEPOSITED, 50, time.plusSeconds(10), "2");
        book(operator, Kind.UNBONDING_STARTED, 20, time.plusSeconds(40), "3");
        book(operator, Kind.UNBONDING_CANCELLED, 5, time.plusSeconds(50), "4");
        book(other, Kind.DEPOSITED, 7, time.plusSeconds(20), "5");
        book(other, Kind.UNBONDING_STARTED, 7, time.plusSeconds(30), "6");

        assertThat(bonded.at(time.plusSeconds(10))).doesNotContainKeys(operator, other);
        assertThat(bonded.at(time.plusSeconds(11))).containsEntry(operator, 50L);
        assertThat(bonded.at(time.plusSeconds(30))).containsEntry(operator, 50L).containsEntry(other, 7L);
        assertThat(bonded.at(time.plusSeconds(31)))
                .containsEntry(operator, 150L)
                .doesNotContainKey(other);
        assertThat(bonded.at(time.plusSeconds(45))).containsEntry(operator, 130L);
        assertThat(bonded.at(time.plusSeconds(60))).containsEntry(operator, 135L);
    }

    @Test
    void holdsASlashInEscrowAndGivesAllOfItToTheTreasuryWhenItIsFinal() {
        var treasury = ledger.balance(Account.SLASHED);
        book(Kind.DEPOSITED, 100, "d");
        book(Kind.UNBONDING_STARTED, 40, "u");

        book(Kind.SLASHED, 6, "s");
        book(Kind.UNBONDING_SLASHED, 4, "s");

        assertThat(standing()).containsExactly(54L, 36L, 10L);
        assertThat(ledger.balance(Account.SLASHED)).isEqualTo(treasury);

        book(Kind.SLASH_FINAL, 10, "s");
        book(Kind.SLASH_FINAL, 10, "s");

        assertThat(standing()).containsExactly(54L, 36L, 0L);
        assertThat(ledger.balance(Account.SLASHED)).isEqualTo(treasury + 10);
    }

    @Test
    void givesEachPartOfAnOverturnedSlashBackWhereItCameFrom() {
        var treasury = ledger.balance(Account.SLASHED);
        book(Kind.DEPOSITED, 100, "d");
        book(Kind.UNBONDING_STARTED, 40, "u");
        book(Kind.SLASHED, 6, "s");
        book(Kind.UNBONDING_SLASHED, 4, "s");
        book(Kind.SLASHED, 5, "other");

        book(Kind.SLASH_OVERTURNED, 10, "s");
        book(Kind.SLASH_OVERTURNED, 10, "s");
        book(Kind.SLASHED, 6, "s");
        book(Kind.UNBONDING_SLASHED, 4, "s");

        assertThat(standing()).containsExactly(55L, 40L, 5L);
        assertThat(ledger.balance(Account.SLASHED)).isEqualTo(treasury);
    }

    @Test
    void endsASlashOneWayAlone() {
        book(Kind.DEPOSITED, 100, "d");
        book(Kind.SLASHED, 6, "s");
        book(Kind.SLASHED, 6, "other");
        book(Kind.SLASH_FINAL, 6, "s");
        var treasury = ledger.balance(Account.SLASHED);

        assertThatThrownBy(() -> book(Kind.SLASH_OVERTURNED, 6, "s")).hasMessageContaining("told otherwise before");
        book(Kind.SLASH_OVERTURNED, 6, "other");
        assertThatThrownBy(() -> book(Kind.SLASH_FINAL, 6, "other")).hasMessageContaining("told otherwise before");

        assertThat(standing()).containsExactly(94L, 0L, 0L);
        assertThat(ledger.balance(Account.SLASHED)).isEqualTo(treasury);
    }

    @Test
    void endsNoSlashThatIsNotInEscrowAsItIsTold() {
        var other = new OperatorId("staker-" + UUID.randomUUID());
        var now = Instant.now();
        book(Kind.DEPOSITED, 100, "d");
        book(Kind.SLASHED, 6, "s");
        book(Kind.SLASHED, 6, "more");

        assertThatThrownBy(() -> book(Kind.SLASH_FINAL, 7, "s")).hasMessageContaining("6 nano-STRM in escrow, not 7");
        assertThatThrownBy(() -> book(Kind.SLASH_OVERTURNED, 5, "s")).hasMessageContaining("not 5");
        assertThatThrownBy(() -> book(Kind.SLASH_FINAL, 6, "unheard-of")).hasMessageContaining("0 nano-STRM");
        assertThatThrownBy(() -> stakes.book(change(other, Kind.SLASH_FINAL, 6, now, "s" + operator)))
                .hasMessageContaining("0 nano-STRM");

        assertThat(standing()).containsExactly(88L, 0L, 12L);
    }

    @Test
    void slashesNothingMoreOnceTheSlashHasEnded() {
        book(Kind.DEPOSITED, 100, "d");
        book(Kind.UNBONDING_STARTED, 40, "u");
        book(Kind.SLASHED, 6, "s");
        book(Kind.SLASH_FINAL, 6, "s");

        assertThatThrownBy(() -> book(Kind.UNBONDING_SLASHED, 4, "s")).hasMessageContaining("has ended");
        assertThatThrownBy(() -> book(Kind.SLASH_FINAL, 10, "s")).hasMessageContaining("6 nano-STRM in escrow, not 10");
        book(Kind.SLASHED, 6, "s");

        assertThat(standing()).containsExactly(54L, 40L, 0L);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void booksNothingThatWasToldOtherwiseBeforeOrMovesNothing(Kind kind) {
        book(Kind.DEPOSITED, 100, "d");
        book(Kind.UNBONDING_STARTED, 40, "u");
        book(Kind.SLASHED, 6, "s");
        book(kind, 6, "s");
        book(kind, 6, "s");
        var before = standing();

        assertThatThrownBy(() -> book(kind, 5, "s")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> book(kind, 0, "s")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> book(kind, 0, "unheard-of")).isInstanceOf(IllegalArgumentException.class);

        assertThat(standing()).isEqualTo(before);
    }

    @Test
    void slashesNoMoreThanThereIs() {
        book(Kind.DEPOSITED, 100, "d");
        book(Kind.UNBONDING_STARTED, 40, "u");

        assertThatThrownBy(() -> book(Kind.SLASHED, 61, "s")).isInstanceOf(DataIntegrityViolationException.class);
        assertThatThrownBy(() -> book(Kind.UNBONDING_SLASHED, 41, "s"))
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThatThrownBy(() -> book(Kind.SLASHED, -1, "s")).isInstanceOf(IllegalArgumentException.class);

        assertThat(standing()).containsExactly(60L, 40L, 0L);
    }

    @Test
    void doesNotCountAsBondedWhatIsInEscrow() {
        var time = Instant.parse("2026-01-01T00:00:00Z");
        book(operator, Kind.DEPOSITED, 100, time, "d");
        book(operator, Kind.SLASHED, 6, time.plusSeconds(10), "s");
        book(operator, Kind.SLASHED, 4, time.plusSeconds(20), "other");
        book(operator, Kind.SLASH_FINAL, 6, time.plusSeconds(30), "s");
        book(operator, Kind.SLASH_OVERTURNED, 4, time.plusSeconds(40), "other");

        assertThat(bonded.at(time.plusSeconds(5))).containsEntry(operator, 100L);
        assertThat(bonded.at(time.plusSeconds(15))).containsEntry(operator, 94L);
        assertThat(bonded.at(time.plusSeconds(35))).containsEntry(operator, 90L);
        assertThat(bonded.at(time.plusSeconds(45))).containsEntry(operator, 94L);
    }

    @Test
    void putsASlashAsideThatCannotBeAndGoesOnWithTheNext() {
        tell(change(Kind.DEPOSITED, "d1", "100"));
        tell(change(Kind.SLASHED, "s1", "101"));
        tell(change(Kind.SLASH_FINAL, "s1", "101"));
        tell(change(Kind.SLASHED, "s2", "2"));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(standing()).containsExactly(98L, 0L, 2L));
    }

    /// Bonded, unbonding and in escrow, nano-STRM.
    private List<Long> standing() {
        return List.of(
                ledger.balance(Account.stake(operator)),
                ledger.balance(Account.unbonding(operator)),
                ledger.balance(Account.escrow(operator)));
    }

    private void book(Kind kind, long nano, String reference) {
        book(operator, kind, nano, Instant.now(), reference);
    }

    private void book(OperatorId staker, Kind kind, long nano, Instant at, String reference) {
        stakes.book(change(staker, kind, nano, at, reference + operator));
    }

    private static StakeChanged change(OperatorId staker, Kind kind, long nano, Instant at, String reference) {
        return new StakeChanged(
                UUID.randomUUID().toString(), at, 1, staker.value(), kind, reference, "sandbox", Long.toString(nano));
    }

    private StakeChanged change(Kind kind, String reference, String amount) {
        return new StakeChanged(
                UUID.randomUUID().toString(),
                Instant.now(),
                1,
                operator.value(),
                kind,
                reference + operator,
                "sandbox",
                amount);
    }

    private static void tell(StakeChanged change) {
        tell(JsonMapper.shared().writeValueAsString(change));
    }

    private static void tell(String value) {
        Broker.send(Topics.STAKES, null, "operator", value.getBytes(StandardCharsets.UTF_8));
    }
}
