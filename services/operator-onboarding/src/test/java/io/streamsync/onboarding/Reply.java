package io.streamsync.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// What the portal answered.
public record Reply(int status, String text, JsonNode body) {

    static Reply of(HttpResponse<String> response) {
        var text = response.body();
        return new Reply(
                response.statusCode(),
                text,
                text.isEmpty() ? MissingNode.getInstance() : JsonMapper.shared().readTree(text));
    }

    /// The reply, which must have this status.
    public Reply as(int expected) {
        assertThat(status).as(text).isEqualTo(expected);
        return this;
    }

    /// The reply, which must be a problem of this code.
    public Reply refused(int expected, String code) {
        assertThat(text("code")).as(text).isEqualTo(code);
        assertThat(text("detail")).isNotBlank();
        return as(expected);
    }

    public String text(String field) {
        return body.path(field).asString("");
    }

    public JsonNode items() {
        return body.path("items");
    }
}
