package io.streamsync.launcher;

import io.streamsync.launcher.backend.MarketTopics;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Creates the topics that are missing on somebody else's Kafka: the step before the services where the launcher
/// does not run them.
@Command(name = "topics", hidden = true)
final class TopicsCommand implements Callable<Integer> {

    @Option(
            names = "--bootstrap-servers",
            defaultValue = "${env:SPRING_KAFKA_BOOTSTRAP_SERVERS}",
            required = true,
            description = "where Kafka answers (default: SPRING_KAFKA_BOOTSTRAP_SERVERS)")
    private String bootstrapServers = "";

    @Override
    public Integer call() {
        var created = new MarketTopics(bootstrapServers).create();
        System.out.println(created.isEmpty() ? "all topics are there" : "created " + String.join(", ", created));
        return 0;
    }
}
