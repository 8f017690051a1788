package io.streamsync.onboarding.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a newcomer is compared with.
class ComparisonTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [1000]                        | 1000
            [900,1000]                    | 1000
            [900,1000,999]                | 999
            [900,1000,9000000000000000]   | 1000
            [900,"1000",-5,1.5,null]      | 900
            [900,99999999999999999999999] | 900
            """)
    void takesTheHighestSlotThatOneLiarCannotRaise(String slots, long expected) {
        assertThat(TipLag.tip(values(slots))).hasValue(expected);
    }

    @Test
    void takesNoSlotWhereThereIsNone() {
        assertThat(TipLag.tip(values("[]"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [7,7]           | 7
            [7,7,8]         | 7
            [8,7,8,7,8]     | 8
            ["a","a",{}]    | "a"
            """)
    void takesWhatMostOthersSay(String answers, String expected) {
        assertThat(Conformance.majority(values(answers)).map(JsonNode::toString))
                .hasValue(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"[]|", "[7]|", "[7,8]|", "[7,7,8,8]|", "[7,8,9]|"})
    void comparesWithNobodyWhereOthersAreTooFewOrDisagree(String answers) {
        assertThat(Conformance.majority(values(answers))).isEmpty();
    }

    private static List<JsonNode> values(String array) {
        return JsonMapper.shared().readTree(array).valueStream().toList();
    }
}
