package io.streamsync.billing;

import io.streamsync.events.Topics;
import io.streamsync.events.router.SnapshotTaken;
import io.streamsync.protocol.market.Ask;
import io.streamsync.protocol.market.ListedNode;
import io.streamsync.protocol.market.ListedOperator;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.NodeState;
import io.streamsync.protocol.market.Offer;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.parameters.Parameters;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// Snapshots of operators with a node each, told as a router does.
public final class Snapshots {

    private Snapshots() {}

    /// Each asks a price of its own for a query of the class, the first the lowest.
    ///
    /// @param name of these operators, so that tests do not see each other's
    public static MarketSnapshot of(String name, int operators, QueryClass queryClass, long lowestAsk) {
        return MarketSnapshot.of(
                Parameters.defaults().version(),
                IntStream.rangeClosed(1, operators)
                        .mapToObj(number -> new ListedOperator(
                                operator(name, number), operator(name, number), 10_000_000_000_000L, 950_000, false))
                        .toList(),
                IntStream.rangeClosed(1, operators)
                        .mapToObj(number -> new ListedNode(
                                new NodeId("node" + number + "-" + name),
                                operator(name, number),
                                NodeState.ACTIVE,
                                900_000,
                                Map.of(
                                        queryClass,
                                        new Offer(new Ask(lowestAsk + number - 1, 50, 100), 500_000, 700_000))))
                        .toList());
    }

    public static void tell(MarketSnapshot snapshot, Instant at, int router, int incarnation, long epoch) {
        var taken = new SnapshotTaken(
                UUID.randomUUID().toString(),
                at,
                1,
                Integer.toString(router),
                incarnation,
                epoch,
                snapshot.hash(),
                new String(snapshot.canonical(), StandardCharsets.UTF_8));
        Broker.send(Topics.SNAPSHOTS, null, snapshot.hash(), JsonMapper.shared().writeValueAsBytes(taken));
    }

    /// Files some snapshot under a name that is not its own.
    public static void keep(JdbcClient jdbc, String hash) {
        jdbc.sql("insert into archive_snapshot (hash, canonical, taken_at) values (?, ?, now()) on conflict do nothing")
                .params(hash, new String(of("any", 2, QueryClass.LOOKUP, 10).canonical(), StandardCharsets.UTF_8))
                .update();
    }

    private static OperatorId operator(String name, int number) {
        return new OperatorId("op" + number + "-" + name);
    }
}
