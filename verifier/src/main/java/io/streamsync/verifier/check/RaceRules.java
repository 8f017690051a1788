package io.streamsync.verifier.check;

import io.streamsync.protocol.market.Ask;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.parameters.Parameters;
import java.util.Optional;

/// What a race went by.
record RaceRules(MarketSnapshot snapshot, Parameters parameters, SolanaMethod method) {

    /// What the operator's node asked for the class; empty when the snapshot has no such ask.
    Optional<Ask> ask(NodeId node, OperatorId operator, QueryClass queryClass) {
        return snapshot.nodes().stream()
                .filter(listed ->
                        listed.id().equals(node) && listed.operatorId().equals(operator))
                .map(listed -> Optional.ofNullable(listed.offers().get(queryClass)))
                .flatMap(Optional::stream)
                .map(offer -> offer.ask())
                .findFirst();
    }
}
