package io.streamsync.protocol.answer;

/// What an answer means for the race (protocol, Race; the error table of comparability).
public sealed interface Reply {

    /// Wins at once.
    record Content() implements Reply {}

    /// Absence, or an error of the request's own making: wins only when others say the same.
    ///
    /// @param lap whether all that answered, at least two, must say so; else a second operator is enough
    /// @param equivalence what two replies must share to say the same, such as `empty` or `error:-32602`
    record NeedsSecond(boolean lap, String equivalence) implements Reply {}

    /// A failure of the node.
    ///
    /// @param reason RATE_LIMITED, BEHIND, NOT_OFFERED, NOT_HELD, UNHEALTHY, NODE_FAULT, MALFORMED, REFUSED or
    ///     SERVER_ERROR; a router adds those that it sees itself, such as a timeout
    /// @param counts whether it counts against the node when another operator answered
    /// @param rateLimit whether it lowers the capacity that the router uses
    record Failure(String reason, boolean counts, boolean rateLimit) implements Reply {}
}
