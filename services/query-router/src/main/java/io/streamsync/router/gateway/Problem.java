package io.streamsync.router.gateway;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;

/// A refusal of the router's own REST endpoints (RFC 9457), in the words of the public interfaces.
///
/// @param errors the fields that are wrong, for 400
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String code,
        String requestId,
        List<FieldError> errors) {

    static Problem of(int status, String detail, String path, List<FieldError> errors) {
        var code = ProblemCode.ofStatus(status);
        return new Problem(
                code.type(),
                code.title(),
                status,
                detail,
                path,
                code.name(),
                UUID.randomUUID().toString(),
                List.copyOf(errors));
    }

    record FieldError(String field, String detail) {}
}
