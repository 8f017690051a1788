package io.streamsync.protocol.fee;

import io.streamsync.protocol.parameters.Parameters;

/// What notifications of a subscription cost: `notificationsPerAsk` of them one ask of the node that sent them.
/// What the division leaves is not charged but carried into the next charge, so that all charges together are
/// the sum of all notifications' prices, rounded down once.
///
/// @param feeNano what is charged now
/// @param carried parts of a nano-unit, `notificationsPerAsk` of which are one
public record NotificationFee(long feeNano, long carried) {

    /// Before the first notification.
    public static final NotificationFee NOTHING = new NotificationFee(0, 0);

    /// The fee of so many more notifications, at one ask.
    ///
    /// @throws ArithmeticException when it is more than 64 bits hold
    public NotificationFee next(long notifications, long askNano, Parameters parameters) {
        if (notifications < 0 || askNano < 0) {
            throw new IllegalArgumentException("neither a count nor an ask is negative");
        }
        var per = parameters.notificationsPerAsk();
        var whole = Math.multiplyExact(askNano / per, notifications);
        var parts = Math.addExact(Math.multiplyExact(askNano % per, notifications), carried);
        return new NotificationFee(Math.addExact(whole, parts / per), parts % per);
    }
}
