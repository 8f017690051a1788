package io.streamsync.onboarding.stake;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.events.Topics;
import io.streamsync.events.onboarding.StakeChanged;
import io.streamsync.onboarding.Applicant;
import io.streamsync.onboarding.AtOnce;
import io.streamsync.onboarding.OnboardingTest;
import io.streamsync.onboarding.Portal;
import io.streamsync.onboarding.Reply;
import io.streamsync.onboarding.TestClock;
import io.streamsync.onboarding.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@OnboardingTest
class UnbondingApiTests {

    private static final Duration UNBONDING = Duration.ofDays(7);

    @Autowired
    Portal portal;

    @Autowired
    Told told;

    @Autowired
    TestClock clock;

    Applicant applicant;

    @BeforeEach
    void stake() {
        portal.clear();
        applicant = portal.applicant().staked();
        applicant.deposit("5000").as(201);
    }

    @Test
    void takesStakeOutOfTheBondAtOnceAndTellsTheBooks() {
        var part = applicant.unbond("4000.5").as(201);

        assertThat(part.text("amount")).isEqualTo("4000.5");
        assertThat(Instant.parse(part.text("availableAt")))
                .isBetween(
                        clock.instant().plus(UNBONDING).minusSeconds(10),
                        clock.instant().plus(UNBONDING));
        var stake = applicant.get("/stake").as(200);
        assertThat(stake.text("bonded")).isEqualTo("10999.5");
        assertThat(stake.text("withdrawable")).isEqualTo("0");
        assertThat(stake.text("escrowed")).isEqualTo("0");
        assertThat(stake.text("minimum")).isEqualTo("10000");
        assertThat(stake.body().path("unbonding")).hasSize(1);
        assertThat(stake.body().path("unbonding").get(0)).isEqualTo(part.body());
        assertThat(applicant.state()).isEqualTo("STAKED");
        var fact = fact(part.text("unbondingId"));
        assertThat(fact.kind()).isEqualTo(StakeChanged.Kind.UNBONDING_STARTED);
        assertThat(fact.amount()).isEqualTo("4000500000000");
    }

    @Test
    void bondsACancelledUnbondingAgain() {
        var id = applicant.unbond("4000").text("unbondingId");
        fact(id);

        applicant.delete("/stake/unbondings/" + id).as(204);
        applicant.delete("/stake/unbondings/" + id).as(204);

        var stake = applicant.get("/stake");
        assertThat(stake.text("bonded")).isEqualTo("15000");
        assertThat(stake.body().path("unbonding")).isEmpty();
        var fact = told.await(
                Topics.STAKES,
                StakeChanged.class,
                event -> event.reference().equals(id) && event.kind() == StakeChanged.Kind.UNBONDING_CANCELLED);
        assertThat(fact.amount()).isEqualTo("4000000000000");
    }

    @Test
    void cancelsUntilItMatures() {
        var id = applicant.unbond("4000").text("unbondingId");
        clock.advance(UNBONDING);
        applicant.signedIn();

        var refused = applicant.delete("/stake/unbondings/" + id).refused(409, "STATE_CONFLICT");

        assertThat(refused.text("detail")).contains("Withdraw");
        var stake = applicant.get("/stake");
        assertThat(stake.text("bonded")).isEqualTo("11000");
        assertThat(stake.text("withdrawable")).isEqualTo("4000");
        assertThat(stake.body().path("unbonding")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"amount":"-1"}                    | 422 | AMOUNT_INVALID
            {"amount":"0"}                     | 422 | AMOUNT_INVALID
            {"amount":"0.0000000001"}          | 422 | AMOUNT_INVALID
            {"amount":"1e3"}                   | 422 | AMOUNT_INVALID
            {"amount":"99999999999999999999"}  | 422 | AMOUNT_INVALID
            {"amount":"15000.000000001"}       | 422 | BALANCE_TOO_LOW
            {"amount":"9000000000"}            | 422 | BALANCE_TOO_LOW
            {"amount":null}                    | 400 | INVALID_REQUEST
            {"amount":[1]}                     | 400 | INVALID_REQUEST
            {}                                 | 400 | INVALID_REQUEST
            []                                 | 400 | INVALID_REQUEST
            {"amount"                          | 400 | INVALID_REQUEST
            """)
    void refusesWhatCannotUnbond(String body, int status, String code) {
        applicant.post("/stake/unbondings", body).refused(status, code);

        assertThat(applicant.get("/stake").text("bonded")).isEqualTo("15000");
    }

    @Test
    void refusesMoreThanSoManyAtOnce() {
        for (int i = 0; i < 20; i++) {
            applicant.unbond("1").as(201);
        }

        applicant.unbond("1").refused(409, "STATE_CONFLICT");

        assertThat(applicant.get("/stake").text("bonded")).isEqualTo("14980");
    }

    @Test
    void unbondsNoMoreThanIsBondedWhenAskedManyTimesAtOnce() {
        var replies = AtOnce.times(8, () -> applicant.unbond("4000"));

        assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(3);
        assertThat(replies)
                .filteredOn(reply -> reply.status() != 201)
                .allSatisfy(reply -> reply.refused(422, "BALANCE_TOO_LOW"));
        assertThat(applicant.get("/stake").text("bonded")).isEqualTo("3000");
    }

    @Test
    void keepsTheSumWhenMovementsCrossOneAnother() {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            ids.add(applicant.unbond("100").text("unbondingId"));
        }
        var moves = new ArrayList<Callable<Integer>>();
        for (var id : ids) {
            moves.add(() -> applicant.delete("/stake/unbondings/" + id).status());
            moves.add(() -> applicant.delete("/stake/unbondings/" + id).status());
            moves.add(() -> applicant.unbond("10").status());
            moves.add(() -> applicant.deposit("1").status());
        }

        assertThat(AtOnce.all(moves)).containsOnly(201, 204);

        var stake = applicant.get("/stake");
        assertThat(stake.text("bonded")).isEqualTo("14973");
        assertThat(stake.body().path("unbonding")).hasSize(3);
    }

    @Test
    void carriesARepeatedUnbondingOutOnce() {
        var first = keyed("POST", "/stake/unbondings", Map.of("amount", "100"), "u-1")
                .as(201);

        var answers = AtOnce.times(4, () -> keyed("POST", "/stake/unbondings", Map.of("amount", "100"), "u-1"));

        assertThat(answers).extracting(Reply::body).containsOnly(first.body());
        assertThat(applicant.get("/stake").text("bonded")).isEqualTo("14900");
        keyed("POST", "/stake/unbondings", Map.of("amount", "200"), "u-1").refused(422, "IDEMPOTENCY_KEY_REUSED");
        keyed("POST", "/stake/unbondings", Map.of("amount", "100"), "").refused(400, "INVALID_REQUEST");
        assertThat(applicant.get("/stake").text("bonded")).isEqualTo("14900");
    }

    @Test
    void takesAKeyForACancellationToo() {
        var id = applicant.unbond("100").text("unbondingId");
        var other = applicant.unbond("100").text("unbondingId");

        keyed("DELETE", "/stake/unbondings/" + id, "", "c-1").as(204);
        keyed("DELETE", "/stake/unbondings/" + id, "", "c-1").as(204);

        keyed("DELETE", "/stake/unbondings/" + other, "", "c-1").refused(422, "IDEMPOTENCY_KEY_REUSED");
        assertThat(applicant.get("/stake").text("bonded")).isEqualTo("14900");
    }

    @Test
    void movesTheOwnersStakeOnly() {
        var id = applicant.unbond("100").text("unbondingId");
        var other = portal.applicant().staked();
        var path = applicant.path("/stake/unbondings");

        portal.post(path, other.token(), Map.of("amount", "1")).refused(403, "NOT_YOURS");
        portal.post(path, null, Map.of("amount", "1")).refused(401, "INVALID_SESSION");
        portal.delete(path + "/" + id, other.token()).refused(403, "NOT_YOURS");
        portal.delete(path + "/" + id, null).refused(401, "INVALID_SESSION");
        other.delete("/stake/unbondings/" + id).refused(404, "NOT_FOUND");
        other.delete("/stake/unbondings/unknown").refused(404, "NOT_FOUND");
        other.delete("/stake/unbondings/no%20id").refused(400, "INVALID_REQUEST");
        assertThat(applicant.get("/stake").text("bonded")).isEqualTo("14900");
    }

    private StakeChanged fact(String reference) {
        return told.await(
                Topics.STAKES, StakeChanged.class, event -> event.reference().equals(reference));
    }

    private Reply keyed(String method, String path, Object body, String key) {
        return portal.send(method, applicant.path(path), applicant.token(), body, Map.of("Idempotency-Key", key));
    }
}
