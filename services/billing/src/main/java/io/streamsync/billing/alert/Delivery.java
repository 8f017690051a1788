package io.streamsync.billing.alert;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.outbound.OutboundAnswer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An alert on its way to a customer's webhook.
///
/// @param id the same at every try: whoever hears it twice knows
/// @param tries so far
/// @param nextTryAt of no meaning once it has ended
/// @param lastAnswer what the webhook said last, or why it said nothing; null before the first try
record Delivery(
        String id,
        CustomerId customer,
        String type,
        String body,
        Status status,
        Instant createdAt,
        Instant nextTryAt,
        int tries,
        @Nullable String lastAnswer) {

    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);

    private static final Duration LONGEST_WAIT = Duration.ofHours(2);

    /// So long a webhook may be away.
    private static final Duration PATIENCE = Duration.ofHours(24);

    /// The webhook wants nothing more of this (Standard Webhooks).
    private static final int GONE = 410;

    enum Status {
        PENDING,
        DELIVERED,
        FAILED
    }

    /// What a try comes to.
    Delivery after(OutboundAnswer answer, Instant now) {
        return switch (answer) {
            case OutboundAnswer.Answered answered -> after(answered.status(), now);
            case OutboundAnswer.Unanswered(var reason) -> later(reason, now);
        };
    }

    private Delivery after(int status, Instant now) {
        var said = Integer.toString(status);
        if (status >= 200 && status < 300) {
            return with(Status.DELIVERED, now, said);
        }
        return status == GONE ? failed(said, now) : later(said, now);
    }

    Delivery failed(String why, Instant now) {
        return with(Status.FAILED, now, why);
    }

    private Delivery later(String why, Instant now) {
        var next = now.plus(waitAfter(tries));
        return next.isAfter(createdAt.plus(PATIENCE)) ? failed(why, now) : with(Status.PENDING, next, why);
    }

    /// Four times as long each time, up to two hours.
    static Duration waitAfter(int tries) {
        var wait = FIRST_WAIT.multipliedBy(1L << (2 * Math.min(Math.max(tries - 1, 0), 10)));
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    private Delivery with(Status next, Instant nextTry, String answer) {
        return new Delivery(id, customer, type, body, next, createdAt, nextTry, tries, answer);
    }
}
