package io.streamsync.router.gateway;

import reactor.netty.http.server.HttpServerRoutes;

/// What the edge serves in front of WebFlux.
interface EdgeRoute {

    HttpServerRoutes apply(HttpServerRoutes routes);
}
