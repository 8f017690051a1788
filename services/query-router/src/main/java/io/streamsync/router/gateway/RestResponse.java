package io.streamsync.router.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.streamsync.router.jsonrpc.JsonRpcResponse;
import io.streamsync.router.race.RaceSummary;
import io.streamsync.router.race.RpcResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What a REST query is answered with: what a node said, with its race, or a problem.
///
/// @param rpc what the race came to, for the headers; null where none was asked for
record RestResponse(int status, String contentType, ByteBuf body, RpcResponse.@Nullable Single rpc) {

    private static final String PROBLEM = "application/problem+json";
    private static final byte[] DATA = "{\"data\":".getBytes(US_ASCII);
    private static final byte[] ERROR = "{\"error\":".getBytes(US_ASCII);
    private static final byte[] RACE = ",\"race\":".getBytes(US_ASCII);
    private static final byte[] END = "}".getBytes(US_ASCII);

    static RestResponse of(RpcResponse.Single rpc, String path, JsonMapper json) {
        var race = rpc.race();
        return race != null && rpc.status() == RpcResponse.OK
                ? new RestResponse(RpcResponse.OK, RpcHeaders.JSON, answer(rpc.response(), race, json), rpc)
                : refused(RefusedQuery.problem(rpc, path, json), rpc, json);
    }

    static RestResponse of(Problem problem, JsonMapper json) {
        return refused(problem, null, json);
    }

    private static RestResponse refused(Problem problem, RpcResponse.@Nullable Single rpc, JsonMapper json) {
        return new RestResponse(
                problem.status(), PROBLEM, Unpooled.wrappedBuffer(json.writeValueAsBytes(problem)), rpc);
    }

    /// What stands before the result of an answer that is still on its way.
    static byte[] head() {
        return DATA;
    }

    /// What stands behind it.
    static byte[] tail(RaceSummary race, JsonMapper json) {
        var raced = json.writeValueAsBytes(RestRace.of(race));
        var tail = new byte[RACE.length + raced.length + END.length];
        Unpooled.wrappedBuffer(RACE, raced, END).readBytes(tail);
        return tail;
    }

    /// The node's bytes are neither read nor copied; its error stands where its result would (decision 13).
    private static ByteBuf answer(JsonRpcResponse said, RaceSummary race, JsonMapper json) {
        return Unpooled.wrappedBuffer(
                Unpooled.wrappedBuffer(said.isError() ? ERROR : DATA),
                Unpooled.wrappedBuffer(said.body(), said.from(), said.to() - said.from()),
                Unpooled.wrappedBuffer(RACE, json.writeValueAsBytes(RestRace.of(race)), END));
    }
}
