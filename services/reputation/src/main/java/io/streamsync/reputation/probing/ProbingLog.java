package io.streamsync.reputation.probing;

import io.streamsync.protocol.market.NodeId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// What goes wrong with probes on our side. What nodes do is in their scores.
@Component
class ProbingLog {

    private static final Logger log = LoggerFactory.getLogger(ProbingLog.class);

    void roundFailed(long round, RuntimeException reason) {
        log.atWarn()
                .addKeyValue("round", round)
                .setCause(reason)
                .log("a round of probes was broken off; the next one comes by itself");
    }

    void probeFailed(NodeId node, RuntimeException reason) {
        log.atWarn()
                .addKeyValue("nodeId", node.value())
                .addKeyValue("reason", reason.toString())
                .log("a node cannot be probed and its uptime stands still");
    }

    void probeNotTold(NodeId node, Throwable reason) {
        log.atDebug()
                .addKeyValue("nodeId", node.value())
                .addKeyValue("reason", reason.toString())
                .log("a probe could not be told and counts for nobody");
    }
}
