package io.streamsync.onboarding.publication;

import static java.util.stream.Collectors.toMap;

import io.streamsync.events.onboarding.NodeListed;
import io.streamsync.events.onboarding.NodeListed.AskListed;
import io.streamsync.onboarding.admission.GenesisHash;
import io.streamsync.onboarding.node.Asks;
import io.streamsync.onboarding.node.Node;
import io.streamsync.onboarding.operator.Operator;
import io.streamsync.onboarding.operator.Operators;
import io.streamsync.onboarding.stake.Stakes;
import io.streamsync.protocol.market.Ask;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Describes nodes as the market is told of them: with their asks, and what their operator is worth.
@Component
class Listings {

    private static final int SCHEMA = 1;

    private final Operators operators;
    private final Stakes stakes;
    private final Asks asks;
    private final GenesisHash genesis;
    private final InstantSource clock;

    Listings(Operators operators, Stakes stakes, Asks asks, GenesisHash genesis, InstantSource clock) {
        this.operators = operators;
        this.stakes = stakes;
        this.asks = asks;
        this.genesis = genesis;
        this.clock = clock;
    }

    List<NodeListed> of(OperatorId operatorId, List<Node> nodes) {
        var operator = operators.get(operatorId);
        var bonded = Long.toString(stakes.of(operatorId).bonded().nanoUnits());
        var hash = genesis.expected().orElse(null);
        var asked = asks.of(operatorId);
        return nodes.stream()
                .map(node -> listed(node, operator, bonded, asked.getOrDefault(node.id(), Map.of()), hash))
                .toList();
    }

    private NodeListed listed(
            Node node, Operator operator, String bonded, Map<QueryClass, Ask> asked, @Nullable String genesisHash) {
        var reach = node.reach();
        return new NodeListed(
                UUID.randomUUID().toString(),
                clock.instant(),
                SCHEMA,
                node.id().value(),
                operator.id().value(),
                operator.name(),
                operator.state().name(),
                operator.countsAs().value(),
                bonded,
                node.state().name(),
                reach.endpoint().toString(),
                reach.webSocket().map(URI::toString).orElse(null),
                node.region(),
                reach.addresses(),
                reach.headers().values(),
                asked.entrySet().stream()
                        .collect(toMap(entry -> entry.getKey().wireName(), entry -> told(entry.getValue()))),
                genesisHash);
    }

    private static AskListed told(Ask ask) {
        return new AskListed(Long.toString(ask.priceNano()), ask.guaranteedLatencyMs(), ask.capacity());
    }
}
