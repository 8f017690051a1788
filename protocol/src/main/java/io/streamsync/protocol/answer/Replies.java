package io.streamsync.protocol.answer;

import io.streamsync.protocol.answer.NodeAnswer.Kind;
import io.streamsync.protocol.answer.Reply.Content;
import io.streamsync.protocol.answer.Reply.Failure;
import io.streamsync.protocol.answer.Reply.NeedsSecond;
import io.streamsync.protocol.market.ComparisonRule;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.market.SolanaMethod;

/// The classification of answers.
public final class Replies {

    private static final int OK = 200;
    private static final Content CONTENT = new Content();
    private static final NeedsSecond EMPTY = new NeedsSecond(false, ErrorTable.EMPTY);
    private static final NeedsSecond EMPTY_HISTORY = new NeedsSecond(true, ErrorTable.EMPTY);

    private Replies() {}

    public static Reply classify(SolanaMethod method, NodeAnswer answer) {
        if (answer.kind() == Kind.ERROR) {
            return ofError(method, answer);
        }
        if (!answer.shaped()) {
            return ErrorTable.ofStatus(OK);
        }
        if (!answer.isEmpty()) {
            return CONTENT;
        }
        return isHistory(method) ? EMPTY_HISTORY : EMPTY;
    }

    /// The failure that a status other than 200, or bytes that are no answer, mean.
    public static Failure ofStatus(int httpStatus) {
        return ErrorTable.ofStatus(httpStatus);
    }

    private static Reply ofError(SolanaMethod method, NodeAnswer answer) {
        var row = ErrorTable.of(answer.errorCode());
        if (row.text() && ErrorDetail.of(answer).saysRateLimit()) {
            return ErrorTable.RATE_LIMITED;
        }
        return row.treatment() == ErrorTable.Treatment.PREFLIGHT
                ? ofPreflight(answer)
                : row.reply(method.queryClass() == QueryClass.ARCHIVE);
    }

    // What a transaction fails of depends on the node's state; two that name the same kind of error agree.
    private static NeedsSecond ofPreflight(NodeAnswer answer) {
        var kind = ErrorDetail.of(answer).errKind();
        if (kind.isEmpty()) {
            return new NeedsSecond(false, ErrorTable.PREFLIGHT);
        }
        if (kind.equals("SignatureFailure")) {
            // from Agave 3.1 a bad signature shows in simulation, where it had a code of its own
            return new NeedsSecond(false, ErrorTable.BAD_SIGNATURE);
        }
        // of several nodes that send one transaction the later ones find it processed: that is the success of the first
        return new NeedsSecond(kind.equals("AlreadyProcessed"), ErrorTable.PREFLIGHT + ":" + kind);
    }

    // absence from one ledger is not absence: null wins only when all who answered say so
    private static boolean isHistory(SolanaMethod method) {
        return method.queryClass() == QueryClass.ARCHIVE || method.rule() == ComparisonRule.EXACT_FINALIZED;
    }
}
