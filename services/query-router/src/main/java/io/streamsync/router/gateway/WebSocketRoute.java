package io.streamsync.router.gateway;

import org.springframework.stereotype.Component;
import reactor.netty.http.server.HttpServerRoutes;

/// WebSockets as an upgrade on the edge's own port, at the paths of JSON-RPC: what clients derive from a URL without a
/// port.
@Component
final class WebSocketRoute implements EdgeRoute {

    private final WebSocketEdge edge;

    WebSocketRoute(WebSocketEdge edge) {
        this.edge = edge;
    }

    @Override
    public HttpServerRoutes apply(HttpServerRoutes routes) {
        return routes.route(
                request -> WebSocketEdge.isAskedFor(request) && RpcPath.matches(request.uri()), edge::answer);
    }
}
