package io.streamsync.router.race;

import io.streamsync.protocol.answer.Reply;
import io.streamsync.protocol.answer.Reply.Content;
import io.streamsync.protocol.answer.Reply.Failure;
import io.streamsync.protocol.answer.Reply.NeedsSecond;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.router.log.RouterLog;

/// What a reply says about the node itself, for the queries to come.
final class NodeHealth {

    private NodeHealth() {}

    static void heed(PlaceRun place, Reply reply, QueryClass queryClass, RouterLog log) {
        var node = place.upstream();
        switch (reply) {
            case Content _, NeedsSecond _ -> node.succeeded();
            case Failure failure when failure.rateLimit() -> node.rateLimited(queryClass, System.nanoTime());
            case Failure failure
            when failure.counts() -> {
                if (node.failed(System.nanoTime())) {
                    log.nodeCircuitOpened(node.nodeId().value(), failure.reason());
                }
            }
            case Failure _ -> {}
        }
    }
}
