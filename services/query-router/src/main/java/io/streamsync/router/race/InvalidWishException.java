package io.streamsync.router.race;

import java.util.Objects;

/// A header or parameter of the customer's that cannot be understood.
final class InvalidWishException extends RuntimeException {

    private final String parameter;

    InvalidWishException(String parameter, IllegalArgumentException cause) {
        super(cause.getMessage(), cause, false, false);
        this.parameter = parameter;
    }

    /// The header's or parameter's name.
    String parameter() {
        return parameter;
    }

    String detail() {
        return Objects.requireNonNullElse(getMessage(), "not understood");
    }
}
