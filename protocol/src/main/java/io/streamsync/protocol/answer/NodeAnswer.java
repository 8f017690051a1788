package io.streamsync.protocol.answer;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The parts of a node's JSON-RPC answer, as spans of its bytes: nothing is copied, so that the result can go out
/// unchanged.
///
/// @param body the whole answer; never changed
/// @param slot `result.context.slot`, the result itself for getSlot, `result.absoluteSlot` for getEpochInfo
/// @param shaped whether the result looks like one of the method's; an error always does
@SuppressWarnings(
        "ArrayRecordComponent") // the bytes of a response, owned by one race: a copy per answer would cost more
public record NodeAnswer(byte[] body, Kind kind, int from, int to, int errorCode, OptionalLong slot, boolean shaped) {

    public NodeAnswer(byte[] body, Kind kind, int from, int to, int errorCode, OptionalLong slot) {
        this(body, kind, from, to, errorCode, slot, true);
    }

    /// Which member the span `from..to` holds.
    public enum Kind {
        RESULT,
        ERROR
    }

    /// Reads an answer to a single request: one object with `jsonrpc` 2.0, the id that was sent, and a result or an
    /// error.
    ///
    /// @param expectedId the id that was sent to the node, as JSON text
    /// @return null when the bytes are anything else: malformed, another id, both result and error, a block height
    ///     above the slot
    public static @Nullable NodeAnswer parse(byte[] body, String method, String expectedId) {
        return AnswerReader.read(body, method, expectedId);
    }

    /// How far the node was that says it is behind what was asked of it: `data.contextSlot` of the error.
    public OptionalLong contextSlot() {
        return kind == Kind.ERROR ? ErrorDetail.of(this).contextSlot() : OptionalLong.empty();
    }

    /// Whether the result is absence: `null`, an empty list, or `{"context":…,"value":null|[]}`; a page without items
    /// (`{"items":[]}`, as result or as value) is an empty list too.
    public boolean isEmpty() {
        return kind == Kind.RESULT && Absence.is(body, from, to);
    }
}
