package io.streamsync.router.pubsub;

import io.streamsync.router.access.Reservation;

/// What came of wanting some of a customer's credit.
sealed interface Funding {

    /// Set aside.
    record Held(Reservation reservation) implements Funding {

        long nano() {
            return reservation.amount();
        }

        void release() {
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
