package io.streamsync.router.gateway;

import java.util.Locale;

/// Stable codes of the router's own REST endpoints and of the edge (public interfaces, Style), with the status that
/// they usually have.
enum ProblemCode {
    INVALID_REQUEST(400, "The request cannot be read", "A field of the request is missing or wrong."),
    INVALID_KEY(
            401,
            "The API key is missing or not valid",
            "Send an API key of scope query as Bearer, X-API-Key or ?api-key=."),
    INSUFFICIENT_CREDIT(402, "The credit does not cover the query", "Deposit; see balance and price."),
    NOT_FOUND(404, "There is nothing here", "Nothing is served at this path. See /docs for what is."),
    REQUEST_TOO_LARGE(413, "The request is too large", "The body is larger than is taken here."),
    RATE_LIMITED(429, "Too many queries", "Wait as long as Retry-After says; cause tells whose limit it is."),
    NO_CAPABLE_NODE(
            503,
            "No node sells this query on these terms",
            "Nobody sells this at this price and latency; see cheapestAsk and fastestGuaranteeMs."),
    UNAVAILABLE(503, "This cannot be done for the moment", "The service behind this path does not answer. Try again."),
    NO_ANSWER(504, "No node answered in time", "All nodes failed, or the deadline passed. Nothing is charged."),
    INTERNAL(
            500,
            "Something is broken on this side",
            "The request was not carried out. Try again; if it stays so, tell the requestId to whoever runs this"
                    + " installation.");

    private final int status;
    private final String title;
    private final String detail;

    ProblemCode(int status, String title, String detail) {
        this.status = status;
        this.title = title;
        this.detail = detail;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    /// What to do, where nothing more is known.
    String detail() {
        return detail;
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
