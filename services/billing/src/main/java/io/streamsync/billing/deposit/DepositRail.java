package io.streamsync.billing.deposit;

/// A way for money to come in. An adapter asks its payment system for a payment, or says that it has it already;
/// later reports go to [Deposits#received], as often as they like to come.
interface DepositRail {

    /// The name in the public interfaces.
    String name();

    Payment request(Deposit deposit);

    /// What a rail says of a payment.
    sealed interface Payment {

        /// @param paymentId the rail's own id of the payment: counts once
        record Received(String paymentId) implements Payment {}

        record Awaited() implements Payment {}
    }
}
