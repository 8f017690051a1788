package io.streamsync.router.pubsub;

import io.streamsync.router.access.Reservation;
import io.streamsync.router.race.Spending;

/// What came of wanting some of a customer's credit.
sealed interface Funding {

    /// Set aside, of the lease and of the key's cap for the day.
    record Held(Reservation reservation, Spending spending) implements Funding {

        long nano() {
            return reservation.amount();
        }

        /// How much of it is charged; the reservation itself is settled when the record is written.
        void charged(long feeNano) {
            spending.answered(feeNano);
        }

        void release() {
            spending.answered(0);
            reservation.cancel();
        }
    }

    /// The key has used up its own cap.
    record CapReached() implements Funding {}

    /// The lease covers too little; billing may have more.
    record TooLittle() implements Funding {}

    /// Billing has nothing more.
    record NothingLeft() implements Funding {}

    /// Billing does not say.
    record Unknown() implements Funding {}
}
