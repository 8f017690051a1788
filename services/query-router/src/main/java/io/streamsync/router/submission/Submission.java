package io.streamsync.router.submission;

import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.NodeId;
import java.util.List;

/// A customer's transaction on the way through its race. Whoever has it says how that ended; what is said after the
/// first time changes nothing.
public final class Submission {

    private final Submissions submissions;
    private final Submissions.Known known;
    private final Transaction transaction;

    Submission(Submissions submissions, Submissions.Known known, Transaction transaction) {
        this.submissions = submissions;
        this.known = known;
        this.transaction = transaction;
    }

    public Transaction transaction() {
        return transaction;
    }

    /// A node took it: from now on whoever sends it again is told of this race.
    public void accepted(Accepted race) {
        submissions.accepted(known, race);
    }

    /// Nobody took it: whoever sends it again starts a race of his own.
    public void failed() {
        submissions.failed(known);
    }

    /// The race is over. From now on the transaction is sent again until it is confirmed.
    ///
    /// @param nodes that took it
    /// @param terms whose lists of operators hold for whoever else gets to see it
    public void takenBy(List<NodeId> nodes, Terms terms) {
        if (!nodes.isEmpty()) {
            submissions.resend(known, transaction, nodes, terms);
        }
    }
}
