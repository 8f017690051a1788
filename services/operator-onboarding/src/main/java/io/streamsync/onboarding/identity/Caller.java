package io.streamsync.onboarding.identity;

/// Who makes a request: a controller's argument of this type requires a session.
public record Caller(Wallet wallet) {}
