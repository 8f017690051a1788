package io.streamsync.billing.rail;

import io.streamsync.protocol.money.Amount;

/// A way for money to leave. An adapter hands the transfer to its payment system under the transfer's own id, which is
/// what keeps it from being paid twice; it may answer late, be asked again at any time, and also report by itself to
/// [Transfers#settled], as often as it likes.
public interface TransferRail {

    /// The name in the public interfaces; that of the deposits' rail.
    String name();

    /// Starts the transfer; one that was started before it does not start again, but tells how it stands. Called
    /// outside of any transaction. Whatever it throws leaves the outcome unknown: it is asked again.
    ///
    /// @param transferId one id is paid at most once
    Standing transfer(String transferId, Amount amount, Destination destination);
}
