package io.streamsync.router.pubsub;

import io.netty.channel.EventLoop;
import io.streamsync.protocol.record.StreamRecord.PrivatePart;
import io.streamsync.protocol.record.StreamRecord.SubscriptionCharged;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.router.journal.JournalEntry;
import java.util.concurrent.RejectedExecutionException;

/// A subscription's record on its way into the journal.
///
/// @param onRecorded run on the loop when it stands there
/// @param onLost run on the loop when it never will
record ChargeEntry(
        String subscriptionId,
        String salt,
        long occurredAt,
        long epoch,
        String parametersVersion,
        String method,
        String accountId,
        String keyId,
        Charge charge,
        EventLoop loop,
        Runnable onRecorded,
        Runnable onLost)
        implements JournalEntry {

    @Override
    public byte[] encode() {
        return StreamRecords.encode(new SubscriptionCharged(
                subscriptionId,
                occurredAt,
                epoch,
                parametersVersion,
                method,
                charge.seller().nodeId(),
                charge.seller().operatorId(),
                charge.seller().askNano(),
                charge.opened(),
                charge.notifications(),
                charge.feeNano(),
                new PrivatePart(salt, accountId, keyId, charge.leaseId(), charge.settle(), null, 0)));
    }

    @Override
    public void written(long position) {
        onLoop(onRecorded);
    }

    @Override
    public void lost() {
        charge.cancel();
        onLoop(onLost);
    }

    private void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException _) {
            // the loop has ended, and its clients with it
        }
    }
}
