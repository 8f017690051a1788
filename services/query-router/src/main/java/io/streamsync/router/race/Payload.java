package io.streamsync.router.race;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The private part of a race: the customer's call and what each place said.
///
/// @param callId the customer's own id of the call, as JSON, which may be as long as a request
/// @param request as nodes got it, under the race's own id
@SuppressWarnings("ArrayRecordComponent") // the bytes of one race, never compared
record Payload(long sequence, long occurredAt, byte[] callId, byte[] request, List<Said> said) {

    /// A piece above this is not kept: blocks would soon fill the memory.
    static final int LARGEST_PIECE = 64 * 1024;

    /// In the place of a length: nothing was said or kept. Below it, whose answer's bytes it was.
    private static final int NONE = -1;

    private static final String CALL = "{\"jsonrpc\":\"2.0\",\"id\":";

    static Payload of(Race race) {
        var lineup = race.lineup();
        var said = new ArrayList<Said>(race.places().size());
        for (var place : race.places()) {
            var node = place.placed().node();
            said.add(new Said(node.id(), node.operatorId(), place.large() == null ? place.answer() : null));
        }
        return new Payload(
                lineup.address().sequence(),
                lineup.query().occurredAt(),
                lineup.query().call().id(),
                lineup.request(),
                said);
    }

    private static int length(NodeAnswer answer) {
        return answer.to() - answer.from();
    }

    /// Pieces, each after its length: id and rest of the call, then node, operator and answer of each place. An answer
    /// of the bytes of an earlier place's is a number below zero instead, which says of whose.
    byte[] encode() {
        var answers = answers();
        var isLong = Math.max(callId.length, request.length) > LARGEST_PIECE;
        // the customer's id takes the place of the race's, which is the first value in what nodes get
        var rest = CALL.length() + Long.toString(sequence).length();
        var buffer = ByteBuffer.allocate(size(answers) + (isLong ? 0 : callId.length + request.length - rest));
        if (isLong) {
            buffer.putInt(NONE).putInt(NONE);
        } else {
            buffer.putInt(callId.length).put(callId);
            buffer.putInt(request.length - rest).put(request, rest, request.length - rest);
        }
        for (var i = 0; i < said.size(); i++) {
            put(buffer, said.get(i).nodeId().value());
            put(buffer, said.get(i).operatorId().value());
            buffer.putInt(answers[i]);
            var answer = said.get(i).answer();
            if (answer != null && answers[i] >= 0) {
                buffer.put(answer.body(), answer.from(), answers[i]);
            }
        }
        return buffer.array();
    }

    /// How long each place's answer is; below zero where its bytes are not kept once more.
    private int[] answers() {
        var answers = new int[said.size()];
        for (var i = 0; i < answers.length; i++) {
            var answer = said.get(i).answer();
            answers[i] = answer == null || length(answer) > LARGEST_PIECE ? NONE : length(answer);
            for (var earlier = 0; answer != null && answers[i] >= 0 && earlier < i; earlier++) {
                if (isSame(answer, said.get(earlier).answer())) {
                    answers[i] = NONE - 1 - earlier;
                    break;
                }
            }
        }
        return answers;
    }

    private static boolean isSame(NodeAnswer answer, @Nullable NodeAnswer other) {
        return other != null
                && Arrays.equals(answer.body(), answer.from(), answer.to(), other.body(), other.from(), other.to());
    }

    /// Of all but the call's bytes.
    private int size(int[] answers) {
        var size = 2 * Integer.BYTES;
        for (var i = 0; i < answers.length; i++) {
            var one = said.get(i);
            size += 3 * Integer.BYTES
                    + one.nodeId().value().length()
                    + one.operatorId().value().length()
                    + Math.max(0, answers[i]);
        }
        return size;
    }

    private static void put(ByteBuffer buffer, String id) {
        buffer.putInt(id.length()).put(id.getBytes(StandardCharsets.US_ASCII));
    }

    /// `{"request":…,"answers":[{"nodeId","operatorId","answer"}]}`; what was not kept or not said is null.
    static byte[] json(byte[] encoded) {
        var buffer = ByteBuffer.wrap(encoded);
        var json = new ByteArrayOutputStream();
        writeRequest(json, piece(buffer), piece(buffer));
        var separator = ",\"answers\":[";
        var answers = new ArrayList<byte[]>();
        while (buffer.hasRemaining()) {
            write(json, separator + "{\"nodeId\":\"");
            json.writeBytes(piece(buffer));
            write(json, "\",\"operatorId\":\"");
            json.writeBytes(piece(buffer));
            write(json, "\",\"answer\":");
            answers.add(answer(buffer, answers));
            json.writeBytes(answers.getLast());
            write(json, "}");
            separator = ",";
        }
        write(json, answers.isEmpty() ? ",\"answers\":[]}" : "]}");
        return json.toByteArray();
    }

    private static void writeRequest(ByteArrayOutputStream json, byte[] callId, byte[] rest) {
        write(json, "{\"request\":");
        if (rest.length == 0) {
            write(json, "null");
            return;
        }
        write(json, CALL);
        json.writeBytes(callId);
        json.writeBytes(rest);
    }

    private static byte[] answer(ByteBuffer buffer, List<byte[]> earlier) {
        var length = buffer.getInt();
        if (length == NONE) {
            return "null".getBytes(StandardCharsets.US_ASCII);
        }
        return length < 0 ? earlier.get(NONE - 1 - length) : bytes(buffer, length);
    }

    /// Empty where nothing was kept.
    private static byte[] piece(ByteBuffer buffer) {
        return bytes(buffer, Math.max(0, buffer.getInt()));
    }

    private static byte[] bytes(ByteBuffer buffer, int length) {
        var bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }

    private static void write(ByteArrayOutputStream json, String ascii) {
        json.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    /// @param answer null where there was none, or one that flowed by
    record Said(
            NodeId nodeId, OperatorId operatorId, @Nullable NodeAnswer answer) {}
}
