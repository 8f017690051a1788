package io.streamsync.outage;

import java.io.IOException;
import org.apache.kafka.common.errors.DisconnectException;
import org.jspecify.annotations.Nullable;

/// What a line of Kafka's client says of Kafka being there. Lines are told apart by their words (those of kafka-clients
/// 4.2), because refused credentials and missing rights are told by the same loggers.
enum Saying {

    /// A client cannot connect, or not find out whereto (a container's name goes with it), or was cut off before
    /// it knew the cluster.
    UNREACHABLE,

    /// What a client adds to each try that failed, and to what it had asked before.
    SEQUEL,

    /// A client that had lost the cluster knows it again.
    REACHED,

    OTHER;

    static final String METADATA = "org.apache.kafka.clients.Metadata";

    static Saying of(String logger, String message, @Nullable Throwable cause) {
        return switch (logger) {
            case "org.apache.kafka.clients.NetworkClient" -> ofConnection(message, cause);
            case METADATA, "org.apache.kafka.clients.admin.internals.AdminMetadataManager" -> ofMetadata(message);
            case "org.apache.kafka.clients.FetchSessionHandler" ->
                cause instanceof DisconnectException ? SEQUEL : OTHER;
            default -> OTHER;
        };
    }

    private static Saying ofConnection(String message, @Nullable Throwable cause) {
        if (message.endsWith(" could not be established. Node may not be available.")
                || message.contains(" due to socket connection setup timeout. ")
                || (message.contains("] Error connecting to node ") && cause instanceof IOException)
                || (message.contains("] Bootstrap broker ") && message.endsWith(" disconnected"))) {
            return UNREACHABLE;
        }
        var disconnected = message.contains("] Node ") && message.endsWith(" disconnected.");
        return disconnected || message.contains("] Cancelled in-flight ") ? SEQUEL : OTHER;
    }

    private static Saying ofMetadata(String message) {
        if (message.contains("] Cluster ID: ")) {
            return REACHED;
        }
        return message.contains("] Rebootstrapping with ") ? SEQUEL : OTHER;
    }
}
