package io.streamsync.launcher.process;

import java.time.Duration;

/// The order of a stop: who asks is stopped before whom it asks.
enum StopStage {
    /// Finishes queries in flight and sends the rest of its journal.
    ROUTERS(Duration.ofSeconds(30)),
    SERVICES(Duration.ofSeconds(20)),
    DEVNET(Duration.ofSeconds(5)),
    KAFKA(Duration.ofSeconds(30)),
    POSTGRES(Duration.ofSeconds(30));

    /// How long a process may take before it is killed.
    private final Duration grace;

    StopStage(Duration grace) {
        this.grace = grace;
    }

    Duration grace() {
        return grace;
    }

    static StopStage of(String name) {
        return switch (name) {
            case "postgres" -> POSTGRES;
            case "kafka" -> KAFKA;
            default -> {
                if (name.startsWith("router-")) {
                    yield ROUTERS;
                }
                yield name.startsWith("devnet-") ? DEVNET : SERVICES;
            }
        };
    }

    /// The signal that means "finish and end": PostgreSQL would wait for its clients on the usual one.
    String signal() {
        return this == POSTGRES ? "INT" : "TERM";
    }
}
