package io.streamsync.router.pubsub;

import io.streamsync.protocol.parameters.Parameters;
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
    PubSub pubSub(
            Keys keys,
            Market market,
            Sessions sessions,
            Tips tips,
            Parameters parameters,
            PubSubProperties properties,
            RouterLog log) {
        var share = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
        var sockets = new NodeSockets(parameters.nodeTimeout(), LARGEST_MESSAGE, share, log);
        var choice = new NodeChoice(market::current, parameters, ThreadLocalRandom::current, log);
        var budget = new Budget(share);
        return new PubSub(
                keys::find,
                properties,
                budget,
                new NodeAccess(sockets, choice, Patience.of(parameters.nodeTimeout())),
                new SeenSlots(sessions, tips));
    }
}
