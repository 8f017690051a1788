package io.streamsync.onboarding.admission;

import io.streamsync.onboarding.node.Node;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// What whoever runs the installation should see of admission.
final class AdmissionLog {

    private static final Logger log = LoggerFactory.getLogger(AdmissionLog.class);

    private AdmissionLog() {}

    static void admitted(Node node) {
        of(node).log("node admitted");
    }

    static void proven(Node node) {
        of(node).log("node proven");
    }

    static void failed(Node node, List<AdmissionCheck> missing) {
        of(node).addKeyValue("missing", missing).log("node failed its checks for too long");
    }

    static void roundFailed(Node node, RuntimeException cause) {
        log.atWarn().addKeyValue("nodeId", node.id()).setCause(cause).log("round of checks broke off, trying again");
    }

    private static LoggingEventBuilder of(Node node) {
        return log.atInfo().addKeyValue("nodeId", node.id()).addKeyValue("operatorId", node.operatorId());
    }
}
