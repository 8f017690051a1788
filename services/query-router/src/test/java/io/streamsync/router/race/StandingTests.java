package io.streamsync.router.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.answer.Reply;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.router.race.Standing.Rule;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandingTests {

    private static final List<Contender> FIVE = List.of(racer("a"), racer("b"), racer("c"), checker("d"), checker("e"));

    /// Places a, b, c race, d and e check. A reply is `place:what`: c1 and c2 are contents, null and err need a second,
    /// lap needs all, fail is a failure. The outcome is what the last reply leads to.
    @ParameterizedTest
    @CsvSource(textBlock = """
            a:c1,                                        a
            b:fail a:c1,                                 a
            a:fail b:fail c:c2,                          c
            # null in a millisecond must not win
            a:null,                                      wait
            a:null b:c1,                                 b
            a:null b:null,                               a
            a:null d:null,                               a
            d:null e:null,                               wait
            d:null e:null c:null,                        c
            a:null b:err,                                wait
            a:null b:err c:err,                          b
            a:null b:err c:fail d:fail e:err,            b
            a:null b:fail c:fail d:fail e:fail,          exhausted
            # checkers are delivered only when nobody who races can be
            d:c1,                                        wait
            d:c1 a:fail b:fail,                          wait
            d:c1 a:fail b:fail c:fail,                   d
            a:fail b:fail c:fail e:c1,                   e
            a:fail b:fail c:fail e:null,                 wait
            a:fail b:fail c:fail e:null d:null,          e
            a:null b:fail c:fail d:c1,                   d
            d:c1 e:c2 a:fail b:fail c:fail,              d
            # one lap: all that answered say so, at least two
            a:lap b:lap,                                 wait
            a:lap b:lap c:lap d:lap,                     wait
            a:lap b:lap c:lap d:lap e:lap,               a
            a:lap b:lap c:fail d:fail e:fail,            a
            a:lap b:fail c:fail d:fail e:fail,           exhausted
            a:lap b:lap c:lap d:lap e:c1,                e
            a:lap b:lap c:lap d:lap e:null,              exhausted
            a:lap b:lap c:c1,                            c
            a:fail b:fail c:fail d:fail e:fail,          exhausted
            """)
    void decidesAfterEveryReply(String replies, String outcome) {
        assertThat(outcome(Rule.FIRST, FIVE, replies)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            a:c1,                                        wait
            a:c1 b:c2,                                   wait
            a:c1 b:c2 c:c2,                              b
            a:c1 d:c1,                                   a
            d:c1 e:c1,                                   wait
            d:c1 e:c1 a:fail b:fail c:fail,              d
            a:c1 b:c2 c:fail d:fail e:fail,              exhausted
            """)
    void waitsForAnotherOperatorsConfirmationWhereTheCustomerWantsAQuorum(String replies, String outcome) {
        assertThat(outcome(Rule.QUORUM, FIVE, replies)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"a:c1,a", "a:null,a", "a:err,a", "a:lap,a", "a:fail,exhausted"})
    void takesTheWordOfTheOnlyNodeThatMayBeAsked(String replies, String outcome) {
        assertThat(outcome(Rule.ALONE, List.of(racer("a")), replies)).isEqualTo(outcome);
    }

    @Test
    void deliversNoCheckerThatAsksMoreThanWasReserved() {
        var dear = new Contender(false, new OperatorId("d"), false);

        assertThat(outcome(Rule.FIRST, List.of(racer("a"), dear, checker("e")), "b:c1 a:fail c:c2"))
                .isEqualTo("c");
    }

    @Test
    void needsAnotherOperatorAndNotJustAnotherNode() {
        var same = List.of(racer("a"), new Contender(true, new OperatorId("a"), true), racer("c"));

        assertThat(outcome(Rule.FIRST, same, "a:null b:null")).isEqualTo("wait");
        assertThat(outcome(Rule.FIRST, same, "a:null b:null c:null")).isEqualTo("a");
    }

    @Test
    void countsWhatWasSaidBeforeTheSecondDraw() {
        var standing = new Standing(Rule.FIRST, List.of(racer("a"), racer("b")), StandingTests::equal);
        standing.replied(0, reply("null"), answer("null"));
        assertThat(standing.replied(1, reply("fail"), null)).isEqualTo(new Step.Exhausted());

        standing.join(List.of(racer("c")));

        assertThat(standing.replied(2, reply("null"), answer("null"))).isEqualTo(new Step.Deliver(0));
    }

    private static String outcome(Rule rule, List<Contender> places, String replies) {
        var standing = new Standing(rule, places, StandingTests::equal);
        Step step = new Step.Wait();
        for (var said : replies.split(" ", -1)) {
            var place = said.charAt(0) - 'a';
            var what = said.substring(2);
            step = standing.replied(place, reply(what), "fail".equals(what) ? null : answer(what));
        }
        return switch (step) {
            case Step.Wait _ -> "wait";
            case Step.Exhausted _ -> "exhausted";
            case Step.Deliver(var place) -> String.valueOf((char) ('a' + place));
        };
    }

    private static Reply reply(String what) {
        return switch (what) {
            case "fail" -> new Reply.Failure("fail", true, false);
            case "null" -> new Reply.NeedsSecond(false, "empty");
            case "err" -> new Reply.NeedsSecond(false, "error:-32602");
            case "lap" -> new Reply.NeedsSecond(true, "empty history");
            default -> new Reply.Content();
        };
    }

    private static NodeAnswer answer(String what) {
        var body = what.getBytes(StandardCharsets.US_ASCII);
        return new NodeAnswer(body, NodeAnswer.Kind.RESULT, 0, body.length, 0, OptionalLong.empty());
    }

    private static boolean equal(NodeAnswer one, NodeAnswer other) {
        return Arrays.equals(one.body(), other.body());
    }

    private static Contender racer(String operator) {
        return new Contender(true, new OperatorId(operator), true);
    }

    private static Contender checker(String operator) {
        return new Contender(false, new OperatorId(operator), true);
    }
}
