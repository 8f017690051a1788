package io.streamsync.router.gateway;

import io.streamsync.router.gateway.Problem.FieldError;

/// A field of a request to one of the router's own REST endpoints that is wrong.
final class InvalidFieldException extends RuntimeException {

    private final String field;
    private final String detail;

    InvalidFieldException(String field, String detail) {
        super(detail, null, false, false); // an answer, not an accident: no stack to keep
        this.field = field;
        this.detail = detail;
    }

    FieldError error() {
        return new FieldError(field, detail);
    }
}
