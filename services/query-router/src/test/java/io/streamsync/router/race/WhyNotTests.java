package io.streamsync.router.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.answer.Reply;
import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.record.StreamRecord.Reason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhyNotTests {

    @ParameterizedTest
    @CsvSource({
        "BEHIND,BEHIND",
        "implausible slot,IMPLAUSIBLE_SLOT",
        "another signature,ANOTHER_SIGNATURE",
        "timeout,TIMEOUT",
        "broken off,BROKEN_OFF",
        "too large,TOO_LARGE",
        "pool full,POOL_FULL",
        "malformed,MALFORMED",
        "RATE_LIMITED,RATE_LIMITED",
        "something new,NODE_FAULT"
    })
    void namesEveryFailure(String failure, Reason reason) {
        assertThat(why(new Reply.Failure(failure, true, false), true, Place.RACING, true, false))
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        // answer,  in time, place,    deliverable, transaction, reason
        "content,   false,   RACING,   true,        false,       LATER",
        "content,   false,   CHECKING, true,        false,       LATER",
        "content,   true,    CHECKING, true,        false,       NOT_RACING",
        "content,   true,    CHECKING, false,       false,       UNDELIVERABLE",
        "content,   true,    SHADOW,   false,       false,       NOT_RACING",
        "null,      true,    RACING,   true,        false,       UNCONFIRMED",
        "null,      true,    CHECKING, true,        false,       NOT_RACING",
        // a quorum's
        "content,   true,    RACING,   true,        false,       UNCONFIRMED",
        "content,   true,    RACING,   true,        true,        DRAWN_LATER",
        "null,      true,    RACING,   true,        true,        UNCONFIRMED"
    })
    void saysWhySoundAnswersDidNotWin(
            String answer, boolean inTime, Place place, boolean deliverable, boolean submission, Reason reason) {
        var reply = answer.equals("null") ? new Reply.NeedsSecond(false, "empty") : new Reply.Content();

        assertThat(why(reply, inTime, place, deliverable, submission)).isEqualTo(reason);
    }

    private static Reason why(Reply reply, boolean inTime, Place place, boolean deliverable, boolean submission) {
        return WhyNot.of(reply, inTime, new Contender(place, new OperatorId("o"), deliverable), submission);
    }
}
