package io.streamsync.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.record.StreamRecord.AskedPlace;
import io.streamsync.router.node.ScriptedNode.Said;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every wish, as a header and as a parameter, at the started router.
class WishServiceTests extends StartedRouter {

    private static final String CALL = call("1", "getBalance", "[\"a\"]");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Max-Latency       | 0ms,61s,-1,1.5s,soon
            Max-Price         | 0,-0.1,1e-6,0.0000000001,99999999999999999999,free
            Prefer            | best,FASTEST
            Racers            | 0,6,3+3,1+,9,n
            Verify            | always
            Operators         | a b,a;b
            Exclude-Operators | ?
            Min-Slot          | -1,1.5,99999999999999999999
            """)
    void namesTheWishThatItDoesNotUnderstand(String name, String values) {
        for (var value : values.split(",", -1)) {
            var byHeader = rpc(RICH, CALL, "X-StreamSync-" + name, value);
            var byParameter = byParameter(
                    name, value.replace("+", "%2B").replace(" ", "%20").replace(";", "%3B"));

            assertRefused(byHeader, "X-StreamSync-" + name);
            assertRefused(byParameter, name.toLowerCase(Locale.ROOT));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Max-Latency       | 2s             | maxLatencyMs=OptionalInt[2000]
            Max-Latency       | 3000           | maxLatencyMs=OptionalInt[3000]
            Max-Price         | 0.000004       | maxPriceNano=OptionalLong[4000]
            Prefer            | cheapest       | prefer=CHEAPEST
            Prefer            | fastest        | prefer=FASTEST
            Racers            | 1              | racers=1, stagedRacers=0
            Racers            | 2+1            | racers=2, stagedRacers=1
            Verify            | quorum         | quorum=true
            Operators         | op0,op1,op2    | only=[op0, op1, op2]
            Exclude-Operators | op0, op4       | exclude=[op0, op4]
            Min-Slot          | 90             | racers=3
            """)
    void drawsByTheWish(String name, String value, String term) {
        var byHeader = rpc(RICH, CALL, "X-StreamSync-" + name, value);
        var byParameter = byParameter(name, value.replace("+", "%2B").replace(" ", "%20"));

        assertThat(terms(byHeader).toString()).contains(term);
        assertThat(terms(byParameter).toString()).contains(term);
    }

    @ParameterizedTest
    @CsvSource({"Operators,op0", "Exclude-Operators,'op1,op2,op3,op4,op5,op6,op7'"})
    void deliversAndChargesNobodyOutsideTheListsWhenAllWhoRaceFail(String name, String operators) {
        market.node(0).says(_ -> Said.status(500));

        var response = rpc(RICH, CALL, "X-StreamSync-" + name, operators);

        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(error(response).path("data").path("reason").asString()).isEqualTo("NO_ANSWER");
        assertThat(response.headers().firstValue("X-StreamSync-Price")).hasValue("0");
        var answered = stream.answered(race(response));
        assertThat(answered.outcome().winner()).isEqualTo(-1);
        assertThat(answered.asked().places())
                .extracting(AskedPlace::place)
                .containsExactly(Place.RACING, Place.CHECKING, Place.CHECKING);
    }

    private HttpResponse<String> byParameter(String name, String value) {
        return send(request(RICH, "/?" + name.toLowerCase(Locale.ROOT) + "=" + value)
                .POST(BodyPublishers.ofString(CALL)));
    }

    private static Terms terms(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        return stream.answered(race(response)).race().terms();
    }

    private static void assertRefused(HttpResponse<String> response, String parameter) {
        assertThat(response.statusCode()).as(parameter).isEqualTo(400);
        assertThat(error(response).path("code").asInt()).isEqualTo(-31007);
        assertThat(error(response).path("data").path("reason").asString()).isEqualTo("INVALID_REQUEST");
        assertThat(error(response).path("data").path("parameter").asString()).isEqualTo(parameter);
    }
}
