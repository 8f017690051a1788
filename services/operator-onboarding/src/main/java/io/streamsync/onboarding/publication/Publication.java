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
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Tells the market of every change, as the last thing that its transaction does: each node once, however much of it
/// changed.
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

    @EventListener
    void on(AskChanged changed) {
        changes().node(changed.nodeId());
    }

    @EventListener
    void on(NodeChanged changed) {
        changes().node(changed.after().id());
        changes().groups();
    }

    @EventListener
    void on(StakeMoved moved) {
        changes().operator(moved.operatorId());
    }

    @EventListener
    void on(OperatorChanged changed) {
        changes().operator(changed.operatorId());
        changes().groups();
    }

    /// What changed in the present transaction.
    private Changes changes() {
        if (TransactionSynchronizationManager.getResource(this) instanceof Changes known) {
            return known;
        }
        var changes = new Changes();
        TransactionSynchronizationManager.bindResource(this, changes);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                tell(changes);
            }

            @Override
            public void beforeCompletion() {
                TransactionSynchronizationManager.unbindResource(Publication.this);
            }
        });
        return changes;
    }

    private void tell(Changes changes) {
        order.await();
        if (changes.mayRegroup()) {
            grouping.renew().forEach(changes::operator);
        }
        changes.operators().forEach(operatorId -> tell(operatorId, nodes.ofOperator(operatorId), changes));
        for (var nodeId : changes.untoldNodes()) {
            nodes.find(nodeId).ifPresent(node -> tell(node.operatorId(), List.of(node), changes));
        }
    }

    private void tell(OperatorId operatorId, List<Node> described, Changes changes) {
        listings.of(operatorId, described).forEach(listed -> outbox.add(Topics.LISTINGS, listed.nodeId(), listed));
        described.forEach(node -> changes.told(node.id()));
    }
}
