package io.streamsync.router.race;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The private part of a race: the customer's call and what each place said, as the very bytes that went to and fro;
/// nothing is copied.
///
/// @param callId the customer's own id of the call, as JSON, which may be as long as a request
/// @param request as nodes got it, under the race's own id
/// @param size in memory, in bytes
@SuppressWarnings("ArrayRecordComponent") // the bytes of one race, never compared
record Payload(long sequence, long occurredAt, byte[] callId, byte @Nullable [] request, List<Said> said, long size) {

    /// A piece above this is not kept: blocks would soon fill the memory.
    static final int LARGEST_PIECE = 64 * 1024;

    /// About what the objects around the bytes take.
    private static final int OVERHEAD = 1024;

    private static final byte[] NOTHING = {};

    static Payload of(Race race) {
        var lineup = race.lineup();
        var said = new ArrayList<Said>(race.places().size());
        for (var place : race.places()) {
            var node = place.placed().node();
            said.add(new Said(node.id(), node.operatorId(), place.large() == null ? kept(place.answer()) : null));
        }
        return of(
                lineup.address().sequence(),
                lineup.query().occurredAt(),
                lineup.query().call().id(),
                lineup.request(),
                said);
    }

    static Payload of(long sequence, long occurredAt, byte[] callId, byte[] request, List<Said> said) {
        var size = OVERHEAD + held(said);
        return Math.max(callId.length, request.length) > LARGEST_PIECE
                ? new Payload(sequence, occurredAt, NOTHING, null, said, size)
                : new Payload(sequence, occurredAt, callId, request, said, size + callId.length + request.length);
    }

    /// Answers of the same bytes are kept once.
    @SuppressWarnings("ReferenceEquality") // one array, not two alike
    private static long held(List<Said> said) {
        var held = 0L;
        var counted = NOTHING;
        for (var one : said) {
            if (one.answer() != null && one.answer().body() != counted) {
                counted = one.answer().body();
                held += counted.length;
            }
        }
        return held;
    }

    private static @Nullable NodeAnswer kept(@Nullable NodeAnswer answer) {
        return answer == null || answer.body().length > LARGEST_PIECE ? null : answer;
    }

    /// `{"request":…,"answers":[{"nodeId","operatorId","answer"}]}`; what was not kept or not said is null.
    byte[] json() {
        var json = new ByteArrayOutputStream();
        write(json, "{\"request\":");
        writeRequest(json);
        var separator = ",\"answers\":[";
        for (var one : said) {
            write(
                    json,
                    separator + "{\"nodeId\":\"" + one.nodeId() + "\",\"operatorId\":\"" + one.operatorId()
                            + "\",\"answer\":");
            writeAnswer(json, one.answer());
            write(json, "}");
            separator = ",";
        }
        write(json, said.isEmpty() ? ",\"answers\":[]}" : "]}");
        return json.toByteArray();
    }

    /// The customer's id takes the place of the race's, which is the first value in what nodes get.
    private void writeRequest(ByteArrayOutputStream json) {
        if (request == null) {
            write(json, "null");
            return;
        }
        var head = "{\"jsonrpc\":\"2.0\",\"id\":";
        write(json, head);
        json.writeBytes(callId);
        var rest = head.length() + Long.toString(sequence).length();
        json.write(request, rest, request.length - rest);
    }

    private static void writeAnswer(ByteArrayOutputStream json, @Nullable NodeAnswer answer) {
        if (answer == null) {
            write(json, "null");
        } else {
            json.write(answer.body(), answer.from(), answer.to() - answer.from());
        }
    }

    private static void write(ByteArrayOutputStream json, String ascii) {
        json.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    /// @param answer null where there was none, or too long a one
    record Said(
            NodeId nodeId, OperatorId operatorId, @Nullable NodeAnswer answer) {}
}
