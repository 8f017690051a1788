package io.streamsync.billing.rail;

/// What a rail says of a transfer.
public sealed interface Standing {

    /// Not decided yet: asked again later.
    record Underway() implements Standing {}

    /// How a transfer ended. It stays so.
    sealed interface Outcome extends Standing {

        /// @param paymentId the rail's own id of the payment
        record Paid(String paymentId) implements Outcome {}

        /// Failed for good: nothing left, and nothing will.
        ///
        /// @param reason a sentence for whom the money belongs to
        record Failed(String reason) implements Outcome {}
    }
}
