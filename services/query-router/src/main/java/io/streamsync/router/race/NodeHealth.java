package io.streamsync.router.race;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.answer.Reply;
import io.streamsync.protocol.answer.Reply.Content;
import io.streamsync.protocol.answer.Reply.Failure;
import io.streamsync.protocol.answer.Reply.NeedsSecond;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.node.NodeFailure;
import io.streamsync.router.node.Upstream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the replies of one race say about the nodes themselves, for the queries to come. A question that nobody could
/// answer says nothing of those who failed at it, and an error in the words of JSON-RPC is about the question: else any
/// customer could open everybody's circuits with a question of his choice.
final class NodeHealth {

    private static final int UNHEALTHY = -32005;
    private static final int SERVER_ERROR = 500;

    /// The node does not serve this router: credential, permission, method gone.
    private static final Set<Integer> CLOSED_DOORS = Set.of(401, 403, 410);

    private final QueryClass queryClass;
    private final RouterLog log;
    private final Set<OperatorId> answered = new HashSet<>();
    private final List<Failed> failed = new ArrayList<>();

    NodeHealth(QueryClass queryClass, RouterLog log) {
        this.queryClass = queryClass;
        this.log = log;
    }

    /// Bytes came back.
    ///
    /// @param said null when they were no answer
    void replied(Asked asked, Reply reply, @Nullable NodeAnswer said) {
        switch (reply) {
            case Content _, NeedsSecond _ -> succeeded(asked);
            case Failure failure -> {
                heedRate(asked, failure, 0);
                if (failure.counts() && (said == null || isOfTheNode(said))) {
                    failed(new Failed(asked, failure.reason(), false));
                }
            }
        }
    }

    /// A result that no question can make of an honest node, such as an implausible slot, is its own.
    private static boolean isOfTheNode(NodeAnswer said) {
        return said.kind() == NodeAnswer.Kind.RESULT || said.errorCode() == UNHEALTHY;
    }

    /// No answer came back. That nobody listens is so whatever was asked.
    void broken(Asked asked, NodeFailure failure, Failure meaning) {
        heedRate(asked, meaning, failure.waitSeconds());
        var failed = new Failed(asked, meaning.reason(), failure.kind() == NodeFailure.Kind.TIMEOUT);
        switch (failure.kind()) {
            case CONNECT -> count(failed);
            case TIMEOUT, BROKEN_OFF, MALFORMED -> failed(failed);
            case STATUS -> {
                if (failure.status() >= SERVER_ERROR || CLOSED_DOORS.contains(failure.status())) {
                    failed(failed);
                }
            }
            case TOO_LARGE, NO_ROOM, POOL_FULL -> {}
        }
    }

    private void heedRate(Asked asked, Failure failure, long waitSeconds) {
        if (failure.rateLimit()) {
            asked.node.rateLimited(queryClass, asked.at, System.nanoTime(), waitSeconds);
        }
    }

    private void succeeded(Asked asked) {
        asked.node.succeeded(asked.at);
        answered.add(asked.countsAs);
        failed.removeIf(this::counted);
    }

    private void failed(Failed failure) {
        if (!counted(failure)) {
            failed.add(failure);
        }
    }

    private boolean counted(Failed failure) {
        var counts = answered.stream().anyMatch(operator -> !operator.equals(failure.asked.countsAs));
        if (counts) {
            count(failure);
        }
        return counts;
    }

    private void count(Failed failure) {
        var node = failure.asked.node;
        var now = System.nanoTime();
        if (failure.late) {
            node.overran(queryClass, failure.asked.at, now);
        }
        if (node.failed(failure.asked.at, now)) {
            log.nodeCircuitOpened(node.nodeId().value(), failure.reason);
        }
    }

    /// A node that was asked.
    ///
    /// @param countsAs its operator, or the one under which that counts
    /// @param at `System.nanoTime()`
    record Asked(Upstream node, OperatorId countsAs, long at) {}

    /// A failure that counts once another operator has answered.
    private record Failed(Asked asked, String reason, boolean late) {}
}
