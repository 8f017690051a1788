package io.streamsync.billing.rail;

/// What became of the wish for a transfer.
public sealed interface Reservation {

    /// Its money is set aside.
    record Made(Transfer transfer) implements Reservation {}

    /// @param available nano-units that can leave
    record TooLow(long available) implements Reservation {}

    /// By this rail less came in than would have left by it.
    ///
    /// @param left nano-units that can leave by the rail
    record RailTooLow(String rail, long left) implements Reservation {}

    /// @param most transfers of one holder that are under way at once
    record TooMany(int most) implements Reservation {}
}
