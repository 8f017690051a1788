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
    void replied(Upstream node, OperatorId operatorId, Reply reply, @Nullable NodeAnswer said) {
        switch (reply) {
            case Content _, NeedsSecond _ -> succeeded(node, operatorId);
            case Failure failure -> {
                heedRate(node, failure);
                if (failure.counts() && (said == null || isOfTheNode(said, failure))) {
                    failed(new Failed(node, operatorId, failure.reason()));
                }
            }
        }
    }

    private static boolean isOfTheNode(NodeAnswer said, Failure failure) {
        return said.errorCode() == UNHEALTHY || failure.reason().equals(Reading.IMPLAUSIBLE_SLOT);
    }

    /// No answer came back. That nobody listens is so whatever was asked.
    void broken(Upstream node, OperatorId operatorId, NodeFailure failure, Failure meaning) {
        heedRate(node, meaning);
        switch (failure.kind()) {
            case CONNECT -> count(new Failed(node, operatorId, meaning.reason()));
            case TIMEOUT, BROKEN_OFF, MALFORMED -> failed(new Failed(node, operatorId, meaning.reason()));
            case STATUS -> {
                if (failure.status() >= SERVER_ERROR || CLOSED_DOORS.contains(failure.status())) {
                    failed(new Failed(node, operatorId, meaning.reason()));
                }
            }
            case TOO_LARGE, POOL_FULL -> {}
        }
    }

    private void heedRate(Upstream node, Failure failure) {
        if (failure.rateLimit()) {
            node.rateLimited(queryClass, System.nanoTime());
        }
    }

    private void succeeded(Upstream node, OperatorId operatorId) {
        node.succeeded();
        answered.add(operatorId);
        failed.removeIf(this::counted);
    }

    private void failed(Failed failure) {
        if (!counted(failure)) {
            failed.add(failure);
        }
    }

    private boolean counted(Failed failure) {
        var counts = answered.stream().anyMatch(operator -> !operator.equals(failure.operatorId()));
        if (counts) {
            count(failure);
        }
        return counts;
    }

    private void count(Failed failure) {
        if (failure.node().failed(System.nanoTime())) {
            log.nodeCircuitOpened(failure.node().nodeId().value(), failure.reason());
        }
    }

    /// A failure that counts once another operator has answered.
    private record Failed(Upstream node, OperatorId operatorId, String reason) {}
}
