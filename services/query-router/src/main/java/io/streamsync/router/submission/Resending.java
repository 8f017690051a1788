package io.streamsync.router.submission;

import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.NodeId;
import java.util.List;

/// What happens to accepted transactions after their races.
interface Resending {

    /// @param takers nodes that accepted it
    void resend(SubmissionKey key, Transaction transaction, List<NodeId> takers, Terms terms);

    /// Its customer has sent it again, on top of what the router sends by itself.
    void wantedAgain(SubmissionKey key);
}
