package io.streamsync.router.submission;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param every how long after it was last sent a transaction that is not confirmed is sent again: five
///     slots
/// @param lifetime how long a transaction is sent again: the 150 blocks of its blockhash's life, and half
///     as long for slots without a block
/// @param nonceLifetime the same where it lives on a nonce, and no blockhash ends it
/// @param pending so many are sent again at a time, each with at most 2 KB; the oldest give way
/// @param remembered so many accepted ones are known for 24 hours, at some 250 bytes each; the oldest are
///     forgotten first
@ConfigurationProperties("streamsync.router.submission")
record SubmissionProperties(
        @DefaultValue("2s") Duration every,
        @DefaultValue("90s") Duration lifetime,
        @DefaultValue("5m") Duration nonceLifetime,
        @DefaultValue("5000") int pending,
        @DefaultValue("50000") int remembered) {

    SubmissionProperties {
        if (every.toMillis() < 10 || lifetime.compareTo(every) < 0 || nonceLifetime.compareTo(every) < 0) {
            throw new IllegalArgumentException(
                    "streamsync.router.submission.every is at least 10ms and at most the lifetimes");
        }
        if (pending < 1 || remembered < 1) {
            throw new IllegalArgumentException("streamsync.router.submission.pending and remembered are at least 1");
        }
    }
}
