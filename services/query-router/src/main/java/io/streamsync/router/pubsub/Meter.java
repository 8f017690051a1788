package io.streamsync.router.pubsub;

import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.router.jsonrpc.Refusal;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Charges for subscriptions: one ask for each that is opened, and a share of the ask for each notification.
interface Meter {

    /// Looks for one ask, before anybody is asked to serve. Takes nothing.
    ///
    /// @param then called once, on the payer's loop, possibly before this returns: null when there is enough
    void seek(Payer payer, long askNano, Consumer<@Nullable Refusal> then);

    /// Takes one ask and writes it down. The client gets the subscription's id only after that.
    ///
    /// @param method that opens it, such as `accountSubscribe`
    /// @param then called once, on the payer's loop, within a second or so
    void open(Payer payer, String method, Seller seller, Consumer<Opening> then);

    /// Who serves, and for how much.
    ///
    /// @param askNano for a query; a notification costs a share of it
    record Seller(NodeId nodeId, OperatorId operatorId, long askNano) {}

    /// What came of opening.
    sealed interface Opening {

        /// It is paid for. Whoever gets this closes it, whatever became of the client meanwhile.
        record Opened(MeteredSubscription subscription) implements Opening {}

        /// Nothing was taken.
        record Refused(Refusal refusal) implements Opening {}
    }

    /// Why a subscription cannot go on.
    enum Unpaid {

        /// The customer has no more credit.
        NO_CREDIT,

        /// The key's own cap for the day is reached.
        CAP_REACHED,

        /// Credit cannot be had for now, or nothing can be written down.
        UNAVAILABLE
    }
}
