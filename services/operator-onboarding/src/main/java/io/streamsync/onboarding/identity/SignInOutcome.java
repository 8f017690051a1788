package io.streamsync.onboarding.identity;

import java.time.Instant;

/// What became of a signed challenge.
sealed interface SignInOutcome {

    record SignedIn(String token, Instant expiresAt) implements SignInOutcome {}

    record NotIssued() implements SignInOutcome {}

    record BadSignature() implements SignInOutcome {}

    record NonceUsed() implements SignInOutcome {}

    record NonceExpired() implements SignInOutcome {}
}
