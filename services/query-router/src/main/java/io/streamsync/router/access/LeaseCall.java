package io.streamsync.router.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// All wishes of a router at one time; without any it is a sign of life.
///
/// @param rates caps that this router uses up right now
record LeaseCall(int routerId, int incarnation, List<LeaseRequest> requests, List<Rate> rates) {

    /// @param keyId null for the account's cap
    record Rate(String accountId, @Nullable String keyId) {}
}
