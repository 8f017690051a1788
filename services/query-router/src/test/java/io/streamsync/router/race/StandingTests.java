package io.streamsync.router.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.answer.Reply;
import io.streamsync.protocol.draw.Place;
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
    void deliversNoCheckerThatTheTermsForbid() {
        var withheld = new Contender(Place.CHECKING, new OperatorId("d"), false);

        assertThat(outcome(Rule.FIRST, List.of(racer("a"), withheld, checker("e")), "b:c1 a:fail c:c2"))
                .isEqualTo("c");
        assertThat(outcome(Rule.FIRST, List.of(racer("a"), withheld), "b:c1 a:fail"))
                .isEqualTo("exhausted");
        assertThat(outcome(Rule.FIRST, List.of(racer("a"), withheld), "b:null a:null"))
                .isEqualTo("a");
    }

    @Test
    void needsAnotherOperatorAndNotJustAnotherNode() {
        var same = List.of(racer("a"), new Contender(Place.RACING, new OperatorId("a"), true), racer("c"));

        assertThat(outcome(Rule.FIRST, same, "a:null b:null")).isEqualTo("wait");
        assertThat(outcome(Rule.FIRST, same, "a:null b:null c:null")).isEqualTo("a");
    }

    @Test
    void countsWhatWasSaidBeforeTheSecondDraw() {
        var standing = new Standing(Rule.FIRST, StandingTests::equal);
        standing.join(List.of(racer("a"), racer("b")));
        standing.replied(0, reply("null"), answer("null"));
        assertThat(standing.replied(1, reply("fail"), null)).isEqualTo(new Step.Exhausted());

        standing.join(List.of(racer("c")));

        assertThat(standing.replied(2, reply("null"), answer("null"))).isEqualTo(new Step.Deliver(0));
    }

    /// Places a and b race, c checks, and d and e are drawn to race and not asked yet.
    @ParameterizedTest
    @CsvSource(textBlock = """
            FIRST,  a:c1,                                a
            FIRST,  a:fail,                              wait
            FIRST,  a:fail b:fail,                       later
            FIRST,  c:c1 a:fail b:fail,                  later
            FIRST,  a:null b:fail,                       wait
            FIRST,  a:null b:fail c:fail,                later
            FIRST,  a:null b:fail c:null,                a
            FIRST,  a:lap b:lap c:lap,                   a
            FIRST,  a:fail b:lap c:fail,                 later
            QUORUM, a:c1 b:c2,                           wait
            QUORUM, a:c1 b:c2 c:c2,                      b
            QUORUM, a:c1 b:c2 c:fail,                    later
            """)
    void asksThoseHeldBackWhenTheFirstCannotWinAnyMore(Rule rule, String replies, String outcome) {
        var standing = new Standing(rule, StandingTests::equal);
        standing.hasLater(true);

        assertThat(outcome(standing, List.of(racer("a"), racer("b"), checker("c")), replies))
                .isEqualTo(outcome);
    }

    @Test
    void deliversACheckerOnlyWhenAlsoThoseHeldBackHaveFailed() {
        var standing = new Standing(Rule.FIRST, StandingTests::equal);
        standing.hasLater(true);
        standing.join(List.of(racer("a"), checker("b")));
        standing.replied(1, reply("c1"), answer("c1"));
        assertThat(standing.replied(0, reply("fail"), null)).isEqualTo(new Step.AskLater());

        standing.hasLater(false);
        standing.join(List.of(racer("c")));

        assertThat(standing.replied(2, reply("fail"), null)).isEqualTo(new Step.Deliver(1));
    }

    /// Places a, b, c race for a transaction's fee, which goes to c before a before b; `over` ends the wait.
    @ParameterizedTest
    @CsvSource(textBlock = """
            c:c1,                                        c
            a:c1,                                        others
            a:c1 b:c1,                                   others
            a:c1 b:c1 c:c1,                              c
            a:c1 c:fail,                                 a
            b:c1 c:fail,                                 others
            b:c1 c:fail a:fail,                          b
            b:c1 c:fail a:err,                           b
            a:c1 over,                                   a
            b:c1 over,                                   b
            b:c1 a:c1 over,                              a
            a:err,                                       wait
            a:err b:err,                                 a
            a:fail b:fail c:fail,                        exhausted
            """)
    void paysOneOfThoseThatAcceptedInTheOrderThatWasDrawn(String replies, String outcome) {
        var three = List.of(racer("a"), racer("b"), racer("c"));

        assertThat(outcome(Rule.DRAWN, three, replies, 2, 0, 1)).isEqualTo(outcome);
    }

    @Test
    void givesAShadowNoSayAndWaitsForItAllTheSame() {
        var shadow = new Contender(Place.SHADOW, new OperatorId("s"), true);
        var standing = new Standing(Rule.FIRST, StandingTests::equal);
        standing.join(List.of(racer("a"), checker("b"), shadow));

        assertThat(standing.replied(0, reply("null"), answer("null"))).isEqualTo(new Step.Wait());
        assertThat(standing.replied(1, reply("fail"), null)).isEqualTo(new Step.Exhausted());
        assertThat(standing.allReplied()).isFalse();
        assertThat(standing.replied(2, reply("null"), answer("null"))).isEqualTo(new Step.Exhausted());
        assertThat(standing.allReplied()).isTrue();
        assertThat(outcome(Rule.FIRST, List.of(racer("a"), shadow), "b:c1 a:fail"))
                .isEqualTo("exhausted");
        assertThat(outcome(Rule.QUORUM, List.of(racer("a"), shadow), "b:c1 a:c1"))
                .isEqualTo("exhausted");
    }

    @Test
    void waitsForNobodyWhoseAnswerCannotBeDelivered() {
        var dear = new Contender(Place.CHECKING, new OperatorId("d"), false);

        assertThat(outcome(Rule.FIRST, List.of(racer("a"), dear), "a:fail")).isEqualTo("exhausted");
        assertThat(outcome(Rule.FIRST, List.of(racer("a"), dear), "a:null")).isEqualTo("wait");
        assertThat(outcome(Rule.FIRST, List.of(racer("a"), dear, checker("e")), "a:fail"))
                .isEqualTo("wait");
    }

    private static String outcome(Rule rule, List<Contender> places, String replies, int... order) {
        return outcome(new Standing(rule, StandingTests::equal), places, replies, order);
    }

    private static String outcome(Standing standing, List<Contender> places, String replies, int... order) {
        standing.join(places, order);
        Step step = new Step.Wait();
        for (var said : replies.split(" ", -1)) {
            if (said.equals("over")) {
                step = standing.waitIsOver();
                continue;
            }
            var place = said.charAt(0) - 'a';
            var what = said.substring(2);
            step = standing.replied(place, reply(what), "fail".equals(what) ? null : answer(what));
        }
        return switch (step) {
            case Step.Wait _ -> "wait";
            case Step.WaitForOthers _ -> "others";
            case Step.AskLater _ -> "later";
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
        return new Contender(Place.RACING, new OperatorId(operator), true);
    }

    private static Contender checker(String operator) {
        return new Contender(Place.CHECKING, new OperatorId(operator), true);
    }
}
