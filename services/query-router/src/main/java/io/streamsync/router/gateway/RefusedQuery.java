package io.streamsync.router.gateway;

import io.streamsync.router.gateway.Problem.FieldError;
import io.streamsync.router.race.RpcResponse;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The race refuses in JSON-RPC; to those who ask by REST it is told as a problem, with the same reason as its code and
/// the same members.
final class RefusedQuery {

    private static final String REASON = "reason";
    private static final String PARAMETER = "parameter";
    private static final String DETAIL = "detail";

    private RefusedQuery() {}

    static Problem problem(RpcResponse.Single refused, String path, JsonMapper json) {
        var said = refused.response();
        var error = json.readTree(said.body(), said.from(), said.to() - said.from());
        var data = error.path("data");
        var code = ProblemCode.valueOf(data.path(REASON).asString(ProblemCode.UNAVAILABLE.name()));
        var members = new LinkedHashMap<String, @Nullable Object>();
        data.forEachEntry((name, value) -> {
            if (!REASON.equals(name) && !DETAIL.equals(name)) {
                members.put(name, value);
            }
        });
        return Problem.of(code, refused.status(), code.detail(), path, errors(data))
                .with(members);
    }

    private static List<FieldError> errors(JsonNode data) {
        return data.has(PARAMETER)
                ? List.of(new FieldError(
                        data.path(PARAMETER).asString(), data.path(DETAIL).asString()))
                : List.of();
    }
}
