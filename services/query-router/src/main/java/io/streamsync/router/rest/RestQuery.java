package io.streamsync.router.rest;

/// What a REST path comes to.
public sealed interface RestQuery {

    /// @param call a JSON-RPC request
    @SuppressWarnings("ArrayRecordComponent") // the body of one request, never compared
    record Asked(byte[] call) implements RestQuery {}

    /// @param part of the path, or a parameter's name
    record Wrong(String part, String detail) implements RestQuery {}
}
