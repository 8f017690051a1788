package io.streamsync.router.gateway;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A refusal at the edge (RFC 9457), in the words of the public interfaces.
///
/// @param errors the fields that are wrong, for 400
/// @param members what else helps to act on it
record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String code,
        String requestId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors,
        @JsonAnyGetter Map<String, @Nullable Object> members) {

    Problem {
        errors = List.copyOf(errors);
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    static Problem of(ProblemCode code, String path, List<FieldError> errors) {
        return of(code, code.status(), code.detail(), path, errors);
    }

    static Problem of(int status, String detail, String path) {
        return of(ProblemCode.ofStatus(status), status, detail, path, List.of());
    }

    static Problem of(ProblemCode code, int status, String detail, String path, List<FieldError> errors) {
        return new Problem(
                code.type(),
                code.title(),
                status,
                detail,
                path,
                code.name(),
                UUID.randomUUID().toString(),
                errors,
                Map.of());
    }

    Problem with(Map<String, @Nullable Object> more) {
        return new Problem(type, title, status, detail, instance, code, requestId, errors, more);
    }

    record FieldError(String field, String detail) {}
}
