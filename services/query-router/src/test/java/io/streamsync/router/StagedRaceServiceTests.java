package io.streamsync.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.record.StreamRecord.Answered;
import io.streamsync.protocol.record.StreamRecord.AskedPlace;
import io.streamsync.protocol.record.StreamRecord.Reason;
import io.streamsync.protocol.record.StreamRecord.Result;
import io.streamsync.router.node.ScriptedNode.Said;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Races of which some places are held back, at the started router. Nobody else asks for this method, so that its usual
/// latency stays unknown and the others are asked after 100 ms.
class StagedRaceServiceTests extends StartedRouter {

    private static final String CALL = call("1", "getTokenAccountBalance", "[\"a\"]");
    private static final Duration LATE = Duration.ofMillis(1_100);

    @Test
    void asksNobodyElseWhenTheFirstAnswers() {
        everyNodeSays(_ -> amount(1));

        var answered = race("1+2");

        assertThat(answered.asked().places())
                .extracting(AskedPlace::place)
                .containsExactly(Place.RACING, Place.CHECKING, Place.CHECKING);
        assertThat(answered.outcome().winner()).isZero();
        assertThat(answered.race().terms().stagedRacers()).isEqualTo(2);
    }

    @Test
    void asksTheOthersWhenTheFirstTakesLongerThanUsual() {
        everyNodeSays(turn -> turn <= 3 ? amount(1).after(LATE) : amount(1));
        var before = market.asked();

        var answered = race("1+2");

        promptly().until(() -> market.asked() == before + 5);
        assertThat(answered.asked().places())
                .extracting(AskedPlace::place)
                .containsExactly(Place.RACING, Place.CHECKING, Place.CHECKING, Place.RACING, Place.RACING);
        assertThat(answered.outcome().winner()).isGreaterThanOrEqualTo(3);
        assertThat(answered.outcome().latencyMicros()).isBetween(90_000L, 1_090_000L);
    }

    @Test
    void asksTheOthersAtOnceWhenTheFirstFail() {
        var races = IntStream.range(0, 3)
                .mapToObj(_ -> {
                    awaitNobodyAsked();
                    everyNodeSays(turn -> turn <= 3 ? Said.status(500) : amount(turn));
                    return race("1+2");
                })
                .toList();

        assertThat(races).allSatisfy(answered -> {
            assertThat(answered.asked().places()).hasSize(5);
            assertThat(answered.outcome().winner()).isGreaterThanOrEqualTo(3);
        });
        assertThat(races)
                .as("but for the pauses of a busy machine")
                .anySatisfy(answered ->
                        assertThat(answered.outcome().latencyMicros()).isLessThan(90_000));
    }

    @Test
    void asksTheOthersWhenAQuorumIsMissing() {
        // everybody says something else, except for the last two
        everyNodeSays(turn -> amount(turn <= 3 ? turn : 7));

        var answered = race("1+2", "X-StreamSync-Verify", "quorum");

        assertThat(answered.asked().places()).hasSize(5);
        assertThat(answered.outcome().winner()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void sendsTransactionsToAllAtOnce() {
        market.allSay(Said.error(-32602, "invalid transaction"));
        var before = market.asked();

        var response = rpc(RICH, call("1", "sendTransaction", "[\"unreadable\"]"), "X-StreamSync-Racers", "1+4");

        var places = stream.answered(race(response)).asked().places();
        assertThat(places)
                .extracting(AskedPlace::place)
                .containsOnly(Place.RACING)
                .hasSize(5);
        promptly().until(() -> market.asked() == before + 5);
    }

    @Test
    void saysWhyWhoWasEarlierDidNotWin() {
        var account = "{\"lamports\":1,\"owner\":\"o\",\"data\":[\"\",\"base64\"],\"executable\":false,"
                + "\"rentEpoch\":0,\"space\":0}";
        everyNodeSays(turn -> turn == 1
                ? Said.result("{\"context\":{\"slot\":90},\"value\":null}")
                : Said.result("{\"context\":{\"slot\":90},\"value\":" + account + "}")
                        .after(Duration.ofMillis(400)));

        var response = rpc(RICH, call("1", "getAccountInfo", "[\"a\"]"));

        assertThat(response.body()).contains("lamports");
        var results = stream.verified(race(response)).results();
        assertThat(results)
                .filteredOn(result -> result.latencyMicros() < 400_000)
                .extracting(Result::reason)
                .containsAnyOf(Reason.UNCONFIRMED, Reason.NOT_RACING);
        assertThat(results).extracting(Result::reason).containsOnlyOnce((Reason) null);
    }

    private Answered race(String racers, String... more) {
        var headers = new String[2 + more.length];
        headers[0] = "X-StreamSync-Racers";
        headers[1] = racers;
        System.arraycopy(more, 0, headers, 2, more.length);
        var response = rpc(RICH, CALL, headers);
        assertThat(response.statusCode()).isEqualTo(200);
        return stream.answered(race(response));
    }

    /// @param script by how many were asked in this race already, from 1
    private static void everyNodeSays(IntFunction<Said> script) {
        var asked = new AtomicInteger();
        market.allSay(_ -> script.apply(asked.incrementAndGet()));
    }

    private static Said amount(int amount) {
        return Said.result("{\"context\":{\"slot\":90},\"value\":{\"amount\":\"" + amount
                + "\",\"decimals\":0,\"uiAmount\":" + amount + ".0,\"uiAmountString\":\"" + amount + "\"}}");
    }
}
