package io.streamsync.router.pubsub;

import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.router.access.CreditLeases;
import io.streamsync.router.access.Keys;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.market.Market;
import io.streamsync.router.node.NodeSockets;
import io.streamsync.router.tip.Sessions;
import io.streamsync.router.tip.Tips;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts subscriptions together.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PubSubProperties.class)
class PubSubConfiguration {

    /// A notification of a whole block, and a bound for what one node can make the router hold.
    private static final int LARGEST_MESSAGE = 16 * 1024 * 1024;

    /// What subscriptions of all clients may take of the heap, and again what nodes have begun to tell: the rest is for
    /// queries and what waits for clients.
    private static final int SHARE_OF_HEAP = 8;

    @Bean
    NodeChoice subscriptionNodes(Market market, Tips tips, RouterLog log) {
        return new NodeChoice(market::current, tips, ThreadLocalRandom::current, log);
    }

    @Bean
    Broadcasts broadcasts(NodeChoice choice, Parameters parameters, PubSubProperties properties, RouterLog log) {
        var sockets = new NodeSockets(parameters.nodeTimeout(), LARGEST_MESSAGE, share(), log);
        var nodes =
                new NodeAccess(sockets, choice, Patience.of(parameters), properties.subscriptionsPerNodeConnection());
        return new Broadcasts(nodes, log);
    }

    @Bean
    PubSub pubSub(
            Keys keys,
            CreditLeases leases,
            NodeChoice choice,
            Broadcasts broadcasts,
            Meter meter,
            SeenSlots seen,
            Parameters parameters,
            PubSubProperties properties) {
        return new PubSub(
                keys::find,
                new OpenConnections(properties.connections(), properties.connectionsPerKey()),
                new LeasedFunds(leases, choice, Terms.standard(parameters.racingPlaces())),
                new Allowance(properties.subscriptionsPerConnection(), new Budget(share())),
                broadcasts,
                meter,
                seen);
    }

    @Bean
    SeenSlots seenSlots(Sessions sessions, Tips tips) {
        return new SeenSlots(sessions, tips);
    }

    private static long share() {
        return Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    }
}
