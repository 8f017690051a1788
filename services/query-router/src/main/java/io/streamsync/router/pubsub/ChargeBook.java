package io.streamsync.router.pubsub;

import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.router.journal.Journal;
import java.time.InstantSource;
import java.util.function.LongUnaryOperator;

/// Writes down what subscriptions cost. Safe for use on many loops.
///
/// @param epochAt the epoch of a time in Unix ms
record ChargeBook(
        Journal journal,
        LongUnaryOperator epochAt,
        Parameters parameters,
        InstantSource clock,
        Unguessable unguessable) {

    /// @param recorded run on the payer's loop when it is written down
    /// @param lost run on the payer's loop when it cannot be: nothing is charged
    void write(String subscriptionId, String method, Payer payer, Charge charge, Runnable recorded, Runnable lost) {
        var credential = payer.credential().get();
        var now = clock.millis();
        var entry = new ChargeEntry(
                subscriptionId,
                unguessable.salt(),
                now,
                epochAt.applyAsLong(now),
                parameters.version(),
                method,
                credential.accountId(),
                credential.keyId(),
                charge,
                payer.loop(),
                recorded,
                lost);
        if (!journal.append(entry)) {
            entry.lost();
        }
    }
}
