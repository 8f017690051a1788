package io.streamsync.onboarding.publication;

import io.streamsync.events.Topics;
import io.streamsync.onboarding.node.AskChanged;
import io.streamsync.onboarding.node.Node;
import io.streamsync.onboarding.node.NodeChanged;
import io.streamsync.onboarding.node.Nodes;
import io.streamsync.onboarding.operator.OperatorChanged;
import io.streamsync.onboarding.stake.StakeMoved;
import io.streamsync.outbox.Outbox;
import io.streamsync.protocol.market.OperatorId;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/// Tells the market of every change, as the last thing that its transaction does.
@Component
class Publication {

    private final PublicationOrder order;
    private final Grouping grouping;
    private final Nodes nodes;
    private final Listings listings;
    private final Outbox outbox;

    Publication(PublicationOrder order, Grouping grouping, Nodes nodes, Listings listings, Outbox outbox) {
        this.order = order;
        this.grouping = grouping;
        this.nodes = nodes;
        this.listings = listings;
        this.outbox = outbox;
    }

    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT)
    void on(AskChanged changed) {
        order.await();
        nodes.find(changed.nodeId()).ifPresent(node -> tell(node.operatorId(), List.of(node)));
    }

    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT)
    void on(NodeChanged changed) {
        order.await();
        grouping.renew().forEach(this::tellAll);
        nodes.find(changed.after().id()).ifPresent(node -> tell(node.operatorId(), List.of(node)));
    }

    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT)
    void on(StakeMoved moved) {
        order.await();
        tellAll(moved.operatorId());
    }

    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT)
    void on(OperatorChanged changed) {
        order.await();
        grouping.renew().forEach(this::tellAll);
        tellAll(changed.operatorId());
    }

    private void tellAll(OperatorId operatorId) {
        tell(operatorId, nodes.ofOperator(operatorId));
    }

    private void tell(OperatorId operatorId, List<Node> told) {
        listings.of(operatorId, told).forEach(listed -> outbox.add(Topics.LISTINGS, listed.nodeId(), listed));
    }
}
