package io.streamsync.router.tip;

import io.streamsync.protocol.market.ComparisonRule;
import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.tip.Commitment;
import io.streamsync.router.jsonrpc.Call;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// The commitment that a call asks for.
public final class AskedCommitment {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String NAME = "commitment";
    private static final byte[] NAME_BYTES = NAME.getBytes(StandardCharsets.US_ASCII);

    private AskedCommitment() {}

    /// @return null when the call names none that is known, or two: nothing can be expected of its answers then
    public static @Nullable Commitment of(Call call) {
        if (call.paramsFrom() < 0 || !mayBeNamed(call)) {
            return Commitment.DEFAULT;
        }
        var length = call.paramsTo() - call.paramsFrom();
        try (var parser = JSON.createParser(ObjectReadContext.empty(), call.body(), call.paramsFrom(), length)) {
            // the configuration stands in a list of params, or is the params
            var members = parser.nextToken() == JsonToken.START_ARRAY ? 2 : 1;
            return read(parser, members);
        } catch (JacksonException unreadable) {
            return null;
        }
    }

    /// The method as the answers compare: history below finalized may lie on a fork, so that nothing follows from
    /// unequal answers (comparability, Finality).
    public static SolanaMethod compared(SolanaMethod method, @Nullable Commitment asked) {
        return method.rule() == ComparisonRule.EXACT_FINALIZED && asked != Commitment.FINALIZED
                ? method.belowFinalized()
                : method;
    }

    /// Most calls name none, and their params need no parser to tell. A backslash may write any name in another way.
    private static boolean mayBeNamed(Call call) {
        var body = call.body();
        for (var i = call.paramsFrom(); i < call.paramsTo(); i++) {
            if (body[i] == '\\' || (body[i] == NAME_BYTES[0] && isNamedAt(body, i, call.paramsTo()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNamedAt(byte[] body, int from, int to) {
        if (to - from < NAME_BYTES.length) {
            return false;
        }
        for (var i = 1; i < NAME_BYTES.length; i++) {
            if (body[from + i] != NAME_BYTES[i]) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Commitment read(JsonParser parser, int members) {
        var depth = 1;
        var asked = Commitment.DEFAULT;
        var named = 0;
        for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.PROPERTY_NAME && depth == members && NAME.equals(parser.currentName())) {
                var value = value(parser);
                if (value == null || ++named > 1) {
                    return null;
                }
                asked = value;
            }
        }
        return asked;
    }

    private static @Nullable Commitment value(JsonParser parser) {
        return switch (parser.nextToken()) {
            case VALUE_NULL -> Commitment.DEFAULT;
            case VALUE_STRING -> Commitment.ofWireName(parser.getString()).orElse(null);
            case null, default -> null;
        };
    }
}
