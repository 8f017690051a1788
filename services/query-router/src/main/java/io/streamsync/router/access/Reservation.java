package io.streamsync.router.access;

import java.util.UUID;

/// Credit set aside for one race, until its fee is known.
public interface Reservation {

    UUID leaseId();

    /// What is set aside, in nano-USDC.
    long amount();

    /// Books the fee and gives back the difference. To be called once, on the journal's appender thread while the
    /// race's record is encoded, so that the sums stand in the records in the order of their positions.
    ///
    /// @param feeNano 0 to the amount
    /// @return all that the lease has spent, this fee included
    long settle(long feeNano);

    /// Gives all back: the query was refused after reserving, or its record was lost. In the second case it takes the
    /// settled fee back too, and must be called when the journal says so, on the journal's thread.
    void cancel();
}
