package io.streamsync.billing.charging;

import io.streamsync.protocol.fee.NotificationFee;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.StreamRecord.SubscriptionCharged;

/// The most that a record of a subscription may charge: less is the router's to take, where credit ran out.
final class SubscriptionFee {

    /// A million USDC: sums of a batch stay within 64 bits.
    private static final long HIGHEST = 1_000_000 * Amount.NANO;

    private SubscriptionFee() {}

    /// @throws StreamBroken when the record charges more, or charges nobody's lease
    static void requireDue(SubscriptionCharged charged, Parameters parameters) {
        var fee = charged.feeNano();
        if (charged.priceNano() < 0
                || fee > HIGHEST
                || (fee > 0 && charged.privatePart().leaseId() == null)
                || fee > most(charged, parameters)) {
            throw new StreamBroken("subscription " + charged.subscriptionId() + " charges a fee that cannot be due");
        }
    }

    /// What was carried over from the record before may make up one nano-unit more.
    private static long most(SubscriptionCharged charged, Parameters parameters) {
        try {
            var notified = NotificationFee.NOTHING
                    .next(charged.notifications(), charged.priceNano(), parameters)
                    .feeNano();
            return Math.addExact(
                    charged.opened() ? charged.priceNano() : 0,
                    Math.addExact(notified, charged.notifications() > 0 ? 1 : 0));
        } catch (ArithmeticException tooMuch) {
            return Long.MAX_VALUE;
        }
    }
}
