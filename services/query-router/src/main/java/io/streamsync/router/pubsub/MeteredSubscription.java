package io.streamsync.router.pubsub;

import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;

/// A subscription that is paid for. Used on its payer's loop only.
interface MeteredSubscription {

    /// 32 lower-case hex digits: under this id its customer finds it among what was paid for.
    String id();

    /// A notification is about to go to the client. Takes no lock; allocates nothing but now and then.
    ///
    /// @param askNano what the node that sent it asks now
    /// @return false when it is not paid for, and must not go out: the subscription is over, and its payer has been
    ///     told or is about to be
    boolean notified(NodeId nodeId, OperatorId operatorId, long askNano);

    /// It is over: what came since the last record is charged. May be called more than once.
    void close();
}
