package io.streamsync.outbound;

import java.time.Duration;

/// What came back from a call, or why nothing did.
public sealed interface OutboundAnswer {

    /// @param latency from sending to the last byte of the answer
    record Answered(int status, String body, Duration latency) implements OutboundAnswer {}

    /// @param reason part of a sentence: `no answer within 2 s`
    record Unanswered(String reason) implements OutboundAnswer {}
}
