package io.streamsync.launcher.demo;

import io.streamsync.launcher.installation.Obstacle;
import tools.jackson.databind.JsonNode;

/// What the API said to a request: what was asked for, or a refusal with a stable code.
record ApiAnswer(String request, int status, JsonNode body) {

    private static final int FIRST_ERROR = 400;

    boolean isRefusal(String code) {
        return status >= FIRST_ERROR && body.path("code").asString("").equals(code);
    }

    /// @throws Obstacle in the API's own words when it refused
    JsonNode expected() {
        if (status >= FIRST_ERROR) {
            throw new Obstacle("%s answered %d %s: %s"
                    .formatted(
                            request,
                            status,
                            body.path("code").asString("without a code"),
                            body.path("detail").asString(body.toString())));
        }
        return body;
    }
}
