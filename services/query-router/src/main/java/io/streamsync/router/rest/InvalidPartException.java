package io.streamsync.router.rest;

/// A part of the path or a parameter that cannot be what it should.
final class InvalidPartException extends RuntimeException {

    private final String part;
    private final String detail;

    InvalidPartException(String part, String detail) {
        super(detail, null, false, false); // an answer, not an accident: no stack to keep
        this.part = part;
        this.detail = detail;
    }

    String part() {
        return part;
    }

    String detail() {
        return detail;
    }
}
