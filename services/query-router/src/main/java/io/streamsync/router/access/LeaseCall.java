package io.streamsync.router.access;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All wishes of a router at one time; without any it is a sign of life.
///
/// @param rates caps that this router uses up right now
/// @param journaled the next position of the journal
/// @param acknowledged the next position that Kafka has acknowledged
/// @param forwarding earlier starts whose streams this one still sends
record LeaseCall(
        int routerId,
        int incarnation,
        List<LeaseRequest> requests,
        List<Rate> rates,
        long journaled,
        long acknowledged,
        Set<Integer> forwarding) {

    /// @param keyId null for the account's cap
    record Rate(String accountId, @Nullable String keyId) {}
}
