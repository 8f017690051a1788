package io.streamsync.router.gateway;

import java.util.Locale;

/// Stable codes of the router's own REST endpoints and of the edge (public interfaces, Style).
enum ProblemCode {
    INVALID_REQUEST("The request cannot be read"),
    NOT_FOUND("There is nothing here"),
    REQUEST_TOO_LARGE("The request is too large"),
    UNAVAILABLE("This cannot be done for the moment"),
    INTERNAL("Something is broken on this side");

    private final String title;

    ProblemCode(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    String type() {
        return "/docs/problems#" + name().toLowerCase(Locale.ROOT);
    }

    static ProblemCode ofStatus(int status) {
        return switch (status) {
            case 404 -> NOT_FOUND;
            case 413 -> REQUEST_TOO_LARGE;
            case 502, 503, 504 -> UNAVAILABLE;
            default -> status < 500 ? INVALID_REQUEST : INTERNAL;
        };
    }
}
