package io.streamsync.verifier.check;

import io.streamsync.protocol.market.Ask;
import io.streamsync.protocol.market.ListedNode;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.record.PublicRecord.SubscriptionCharged;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import io.streamsync.verifier.publication.StreamName;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// Whether a subscription was charged by what its node asked: at most the dearest ask that it had in a snapshot of the
/// time. Below it is the customer's ceiling, which nobody else knows.
final class SubscriptionPrices {

    /// Each takes some bytes; a snapshot that is read again takes a megabyte.
    private static final int ASKS = 10_000;

    /// Of a snapshot that cannot be read, which is told elsewhere: whatever was charged may have been asked.
    private static final OptionalLong ANYTHING = OptionalLong.of(Long.MAX_VALUE);

    private final SnapshotMoments moments;
    private final SnapshotBook snapshots;
    private final Findings findings;
    private final LatestUsed<AskOf, OptionalLong> asks = new LatestUsed<>(ASKS);

    SubscriptionPrices(SnapshotMoments moments, SnapshotBook snapshots, Findings findings) {
        this.moments = moments;
        this.snapshots = snapshots;
        this.findings = findings;
    }

    /// Routers go by an ask for the second that they charge at a time, and until billing has answered.
    ///
    /// @param deadline of a query, as for races
    void check(StreamName stream, SubscriptionCharged charged, Duration deadline, Where where) {
        var around = moments.around(stream, charged.epoch(), charged.occurredAt(), deadline);
        var dearest = OptionalLong.empty();
        for (var snapshot : around) {
            var ask = asks.get(new AskOf(snapshot, charged.nodeId(), charged.operatorId()), of -> ask(of, where));
            if (ask.isPresent() && ask.getAsLong() >= charged.priceNano()) {
                return;
            }
            if (ask.isPresent() && ask.getAsLong() > dearest.orElse(-1)) {
                dearest = ask;
            }
        }
        if (!around.isEmpty()) {
            findings.add(
                    FindingCode.SUBSCRIPTION_FEE,
                    where,
                    dearest.isPresent()
                            ? "at most what node " + charged.nodeId() + " asked then, " + dearest.getAsLong()
                                    + " nano-USDC"
                            : "a node of operator " + charged.operatorId() + " that asked for it then",
                    charged.priceNano() + " nano-USDC for node " + charged.nodeId());
        }
    }

    private OptionalLong ask(AskOf of, Where where) {
        return snapshots
                .find(of.snapshot, where)
                .map(snapshot -> ask(of, snapshot))
                .orElse(ANYTHING);
    }

    private static OptionalLong ask(AskOf of, MarketSnapshot snapshot) {
        return snapshot.nodes().stream()
                .filter(node -> node.id().equals(of.node) && node.operatorId().equals(of.operator))
                .map(SubscriptionPrices::ask)
                .flatMap(Optional::stream)
                .mapToLong(Ask::priceNano)
                .max();
    }

    private static Optional<Ask> ask(ListedNode node) {
        return Optional.ofNullable(node.offers().get(QueryClass.LOOKUP)).map(offer -> offer.ask());
    }

    private record AskOf(String snapshot, NodeId node, OperatorId operator) {}
}
