package io.streamsync.billing.stakes;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
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

    private void book(OperatorId staker, Kind kind, long nano, Instant at, String reference) {
        stakes.book(new StakeChanged(
                UUID.randomUUID().toString(),
                at,
                1,
                staker.value(),
                kind,
                reference + operator,
                "sandbox",
                Long.toString(nano)));
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
