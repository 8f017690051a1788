package io.streamsync.router.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/// Any page of any origin may call and read what is said here; a key in its hands is its own.
final class Cors {

    static final String ANY = "*";

    /// What pages of other origins may read beside the body.
    static final String EXPOSED = RpcHeaders.ALL + ", Retry-After, Location, Link";

    private Cors() {}

    /// For the routes in front of WebFlux, whose filters they do not meet.
    static void allow(HttpHeaders request, HttpHeaders response) {
        if (request.contains(HttpHeaderNames.ORIGIN)) {
            allowAny(response);
        }
    }

    /// Where it is not known who asks.
    static void allowAny(HttpHeaders response) {
        response.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, ANY);
        response.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }
}
