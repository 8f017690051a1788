package io.streamsync.billing.account;

/// Whoever sent a request, known by its key. As a parameter of a controller's method it takes a management key, unless
/// [AnyKey] says that reading is all it allows.
public record Caller(CustomerId customer, String keyId) {}
