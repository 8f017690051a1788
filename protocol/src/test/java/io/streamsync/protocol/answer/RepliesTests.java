package io.streamsync.protocol.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.answer.Reply.Content;
import io.streamsync.protocol.answer.Reply.Failure;
import io.streamsync.protocol.answer.Reply.NeedsSecond;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The error table of comparability, row by row.
class RepliesTests {

    @ParameterizedTest
    @CsvSource({
        "-32600, error:-32600",
        "-32602, error:-32602",
        "-32003, error:-32003",
        "-32006, error:-32006",
        "-32013, error:-32013",
        "-32015, error:-32015",
        "-32017, error:-32017",
        "-32018, error:-32018",
    })
    void endsOnASecondOperator(int code, String equivalence) {
        assertThat(classified(code)).isEqualTo(new NeedsSecond(false, equivalence));
    }

    @ParameterizedTest
    @CsvSource({"-32007, skipped", "-32009, skipped", "-32016, error:-32016", "-32020, empty"})
    void needsALap(int code, String equivalence) {
        assertThat(classified(code)).isEqualTo(new NeedsSecond(true, equivalence));
    }

    @ParameterizedTest
    @ValueSource(ints = {-32021, -32000, -31000, 0, 1, Integer.MIN_VALUE})
    void needsALapForWhatNoRowNames(int code) {
        assertThat(classified(code)).isEqualTo(new NeedsSecond(true, "error:" + code));
    }

    @ParameterizedTest
    @CsvSource({
        "-32700, NODE_FAULT, true",
        "-32603, NODE_FAULT, true",
        "-32012, NODE_FAULT, true",
        "-32019, NODE_FAULT, true",
        "-32005, UNHEALTHY, true",
        "-32601, NOT_OFFERED, false",
        "-32004, BEHIND, false",
        "-32014, BEHIND, false",
    })
    void goesOnAfterAFailure(int code, String reason, boolean counts) {
        assertThat(classified(code)).isEqualTo(new Failure(reason, counts, false));
    }

    @ParameterizedTest
    @ValueSource(ints = {-32001, -32011, -32008, -32010})
    void countsMissingDataOnlyWhereArchiveIsSold(int code) {
        assertThat(Replies.classify(Answers.method("getBlock"), Answers.error("getBlock", code)))
                .isEqualTo(new Failure("NOT_HELD", true, false));
        assertThat(classified(code)).isEqualTo(new Failure("NOT_HELD", false, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"code\":429,\"message\":\"slow down\"}",
                "{\"code\":-32429,\"message\":\"slow down\"}",
                "{\"code\":-32000,\"message\":\"Rate limit reached\"}",
                "{\"code\":-32603,\"message\":\"Too many requests for a specific RPC call\"}",
                "{\"message\":\"daily QUOTA EXCEEDED\",\"code\":-32097}",
                "{\"code\":-32005,\"message\":\"daily request count exceeded, request rate limited\"}",
                "{\"code\":-32007,\"message\":\"50/second request limit reached - reduce calls per second\"}",
                "{\"code\":-32003,\"message\":\"daily request limit reached\"}",
            })
    void takesARateLimitAsCapacity(String error) {
        assertThat(Replies.classify(Answers.method("getBalance"), Answers.error("getBalance", error)))
                .isEqualTo(new Failure("RATE_LIMITED", false, true));
    }

    @Test
    void takesARateLimitTextInARequestsOwnErrorForWhatItIs() {
        var error = Answers.error("getBalance", "{\"code\":-32602,\"message\":\"rate limit is no parameter\"}");

        assertThat(Replies.classify(Answers.method("getBalance"), error))
                .isEqualTo(new NeedsSecond(false, "error:-32602"));
    }

    @ParameterizedTest
    @CsvSource({
        "-32005, Node is behind by 42 slots",
        "-32005, Node is unhealthy",
        "-32007, 'Slot 5 was skipped, or missing due to ledger jump to recent snapshot'",
        "-32003, Transaction signature verification failure",
        "-32012, accumulated scan results exceeded the limit",
    })
    void takesNoWordsOfSolanasOwnForARateLimit(int code, String message) {
        var error = Answers.error("getBalance", "{\"code\":" + code + ",\"message\":\"" + message + "\"}");

        assertThat(Replies.classify(Answers.method("getBalance"), error)).isNotEqualTo(ErrorTable.RATE_LIMITED);
    }

    @Test
    void takesAResultThatIsNoneOfTheMethodsForMalformed() {
        assertThat(Replies.classify(Answers.method("getBalance"), Answers.at(1, "getBalance", "\"7\"")))
                .isEqualTo(new Failure("MALFORMED", true, false));
        assertThat(Replies.classify(Answers.method("getBlock"), Answers.result("getBlock", "[]")))
                .isEqualTo(new Failure("MALFORMED", true, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"BlockhashNotFound\" | error:-32002:BlockhashNotFound",
                "\"SignatureFailure\" | error:-32003",
                "{\"InstructionError\":[0,{\"Custom\":1}]} | error:-32002:InstructionError",
                "{\"InstructionError\":[1,{\"Custom\":2}]} | error:-32002:InstructionError",
                "null | error:-32002",
            })
    void comparesFailedPreflightsByTheKindOfError(String err, String equivalence) {
        assertThat(preflight(err)).isEqualTo(new NeedsSecond(false, equivalence));
    }

    @Test
    void waitsForTheNodeThatSentWhatOthersFoundProcessed() {
        assertThat(preflight("\"AlreadyProcessed\"")).isEqualTo(new NeedsSecond(true, "error:-32002:AlreadyProcessed"));
    }

    @Test
    void comparesFailedPreflightsWithoutDataByTheCode() {
        assertThat(classified(-32_002)).isEqualTo(new NeedsSecond(false, "error:-32002"));
    }

    @Test
    void takesContentAsItIs() {
        assertThat(Replies.classify(Answers.method("getBalance"), Answers.at(1, "getBalance", "0")))
                .isEqualTo(new Content());
    }

    @Test
    void wantsASecondVoiceForAbsence() {
        assertThat(Replies.classify(Answers.method("getAccountInfo"), Answers.at(1, "getAccountInfo", "null")))
                .isEqualTo(new NeedsSecond(false, "empty"));
        assertThat(Replies.classify(Answers.method("getProgramAccounts"), Answers.result("getProgramAccounts", "[]")))
                .isEqualTo(new NeedsSecond(false, "empty"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "getTransaction",
                "getBlockTime",
                "getSignaturesForAddress",
                "getBlocks",
                "getTransactionWithCompressionInfo"
            })
    void wantsALapForAbsenceFromALedger(String method) {
        assertThat(Replies.classify(Answers.method(method), Answers.result(method, "null")))
                .isEqualTo(new NeedsSecond(true, "empty"));
    }

    @ParameterizedTest
    @CsvSource({
        "200, MALFORMED, true, false",
        "429, RATE_LIMITED, false, true",
        "301, REFUSED, true, false",
        "401, REFUSED, true, false",
        "403, REFUSED, true, false",
        "410, REFUSED, true, false",
        "500, SERVER_ERROR, true, false",
        "503, SERVER_ERROR, true, false",
    })
    void knowsWhatAStatusMeans(int status, String reason, boolean counts, boolean rateLimit) {
        assertThat(Replies.ofStatus(status)).isEqualTo(new Failure(reason, counts, rateLimit));
    }

    private static Reply preflight(String err) {
        var error = Answers.error(
                "sendTransaction",
                "{\"code\":-32002,\"message\":\"Transaction simulation failed\",\"data\":{\"accounts\":null,\"err\":"
                        + err + ",\"logs\":[\"a\"],\"unitsConsumed\":0}}");
        return Replies.classify(Answers.method("sendTransaction"), error);
    }

    private static Reply classified(int code) {
        return Replies.classify(Answers.method("getBalance"), Answers.error("getBalance", code));
    }
}
