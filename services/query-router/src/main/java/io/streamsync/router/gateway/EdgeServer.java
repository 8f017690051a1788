package io.streamsync.router.gateway;

import java.util.List;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/// Makes the edge of Boot's server: bounds, and the routes in front of WebFlux. Not by beans of Boot's own types: the
/// server of the management port would take them too.
final class EdgeServer implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

    private final EdgeConnections connections;
    private final DirectQueries direct;
    private final List<EdgeRoute> routes;

    EdgeServer(EdgeConnections connections, DirectQueries direct, List<EdgeRoute> routes) {
        this.connections = connections;
        this.direct = direct;
        this.routes = List.copyOf(routes);
    }

    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        factory.addServerCustomizers(connections::apply, direct::apply);
        routes.forEach(route -> factory.addRouteProviders(route::apply));
    }
}
