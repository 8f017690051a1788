package io.streamsync.router.race;

import io.streamsync.protocol.market.ComparisonRule;
import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.router.jsonrpc.Call;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// The finality that a call asks for: history below finalized may lie on a fork, so that nothing follows from unequal
/// answers (comparability, Finality).
final class Commitment {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String FINALIZED = "finalized";

    private Commitment() {}

    /// The method as the answers to this call compare.
    static SolanaMethod compared(SolanaMethod method, Call call) {
        return method.rule() == ComparisonRule.EXACT_FINALIZED && isBelowFinalized(call)
                ? method.belowFinalized()
                : method;
    }

    /// Whatever is not plainly finalized, which is what nodes take an absent one for.
    private static boolean isBelowFinalized(Call call) {
        if (call.paramsFrom() < 0) {
            return false;
        }
        var length = call.paramsTo() - call.paramsFrom();
        try (var parser = JSON.createParser(ObjectReadContext.empty(), call.body(), call.paramsFrom(), length)) {
            // the configuration stands in a list of params, or is the params
            var members = parser.nextToken() == JsonToken.START_ARRAY ? 2 : 1;
            return namesOtherThanFinalized(parser, members);
        } catch (JacksonException unreadable) {
            return true;
        }
    }

    private static boolean namesOtherThanFinalized(JsonParser parser, int members) {
        var depth = 1;
        for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.PROPERTY_NAME
                    && depth == members
                    && "commitment".equals(parser.currentName())) {
                var value = parser.nextToken();
                if (value != JsonToken.VALUE_NULL
                        && !(value == JsonToken.VALUE_STRING && FINALIZED.equals(parser.getString()))) {
                    return true;
                }
            }
        }
        return false;
    }
}
