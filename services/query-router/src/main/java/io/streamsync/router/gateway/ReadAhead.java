package io.streamsync.router.gateway;

import io.netty.handler.codec.http.HttpRequest;

/// What a client has sent ahead of its answers. The server queues it without a bound, so it is not read beyond this
/// one.
final class ReadAhead {

    /// Some hundred queries.
    private static final long MOST = 64 * 1024;

    /// What a request takes in memory beside its text.
    private static final long HEAD = 512;

    private long ahead;

    void head(HttpRequest request) {
        ahead += HEAD + request.uri().length();
        for (var header : request.headers()) {
            ahead += header.getKey().length() + header.getValue().length();
        }
    }

    void content(int bytes) {
        ahead += bytes;
    }

    /// Nothing waits any more but what is being answered.
    void answered() {
        ahead = 0;
    }

    boolean isTooMuch() {
        return ahead > MOST;
    }
}
