package io.streamsync.router.race;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.answer.Replies;
import io.streamsync.protocol.answer.Reply;
import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.SolanaMethods;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LastWordsTests {

    private final LastWords words = new LastWords();

    @Test
    void areThoseOfWhoRacesWhenAllSpeakOfThemselves() {
        words.asked(3);
        says("a", Place.CHECKING, true, -32011);
        says("b", Place.RACING, true, -32001);
        says("c", Place.RACING, true, -32601);

        assertThat(told()).contains("-32001").startsWith("{").endsWith("}");
    }

    @Test
    void areNobodysWhenOneSaysSomethingElse() {
        words.asked(3);
        says("a", Place.RACING, true, -32001);
        says("b", Place.RACING, true, -32001);
        says("c", Place.RACING, true, -32007);

        assertThat(words.toTell()).isNull();
    }

    @Test
    void areNoSinglesWhereOthersAreSilentOrBroken() {
        words.asked(2);
        says("a", Place.RACING, true, -32001);
        words.replied(contender("b", Place.RACING, true), new Reply.Failure("timeout", true, false), null);
        says("b", Place.RACING, true, -32603);

        assertThat(words.toTell()).isNull();
        says("c", Place.CHECKING, false, -32001);
        assertThat(told()).contains("-32001");
    }

    @Test
    void areASinglesWhereNobodyElseCouldBeAsked() {
        words.asked(1);
        says("a", Place.RACING, true, -32601);

        assertThat(told()).contains("-32601");
    }

    @Test
    void areNotOfWhomTheCustomerDoesNotWant() {
        words.asked(2);
        says("a", Place.CHECKING, false, -32001);
        says("b", Place.CHECKING, false, -32001);

        assertThat(words.toTell()).isNull();
    }

    private String told() {
        var answer = Objects.requireNonNull(words.toTell());
        return new String(answer.body(), answer.from(), answer.to() - answer.from(), UTF_8);
    }

    private void says(String operator, Place place, boolean deliverable, int code) {
        var body = "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":" + code + ",\"message\":\"x\"},\"id\":1}";
        var answer = Objects.requireNonNull(NodeAnswer.parse(body.getBytes(UTF_8), "getBlock", "1"));
        var method = SolanaMethods.find("getBlock").orElseThrow();
        words.replied(contender(operator, place, deliverable), Replies.classify(method, answer), answer);
    }

    private static Contender contender(String operator, Place place, boolean deliverable) {
        return new Contender(place, new OperatorId(operator), deliverable);
    }
}
