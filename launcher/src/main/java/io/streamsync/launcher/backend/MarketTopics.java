package io.streamsync.launcher.backend;

import io.streamsync.events.Topics;
import io.streamsync.events.router.SnapshotTaken;
import io.streamsync.launcher.installation.Obstacle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/// The topics of the event catalogue with their partitions; what is missing is created at every start.
public final class MarketTopics {

    /// Router streams spread over these; the order within a stream stays.
    private static final int RACES_PARTITIONS = 6;

    private static final int PARTITIONS = 3;
    private static final short REPLICATION_OF_ONE_BROKER = 1;
    private static final int ADMIN_SECONDS = 30;

    /// The latest record of a key is the state: readers start from the beginning.
    private static final Set<String> COMPACTED = Set.of(Topics.LISTINGS, Topics.REPUTATIONS, Topics.CREDENTIALS);

    /// A snapshot grows with the market.
    private static final Set<String> LARGE = Set.of(Topics.SNAPSHOTS, Topics.deadLetters(Topics.SNAPSHOTS));

    private static final List<String> FACTS = List.of(
            Topics.SNAPSHOTS,
            Topics.EPOCHS,
            Topics.PROBES,
            Topics.STAKES,
            Topics.DISPUTES,
            Topics.JURY_ANSWERS,
            Topics.APPEALS,
            Topics.SETTLEMENTS);

    private final String bootstrapServers;

    public MarketTopics(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /// Every topic but `races` has dead letters: money is never put aside, its partition waits instead.
    static List<NewTopic> all() {
        var topics = new ArrayList<NewTopic>();
        topics.add(topic(Topics.RACES, RACES_PARTITIONS));
        Stream.concat(COMPACTED.stream(), FACTS.stream()).forEach(name -> {
            topics.add(topic(name, PARTITIONS));
            topics.add(topic(Topics.deadLetters(name), 1));
        });
        return topics;
    }

    /// @return the names of those that were missing
    public List<String> create() {
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            var existing = admin.listTopics().names().get(ADMIN_SECONDS, TimeUnit.SECONDS);
            var missing = all().stream()
                    .filter(topic -> !existing.contains(topic.name()))
                    .toList();
            admin.createTopics(missing).all().get(ADMIN_SECONDS, TimeUnit.SECONDS);
            admin.incrementalAlterConfigs(alterations()).all().get(ADMIN_SECONDS, TimeUnit.SECONDS);
            return missing.stream().map(NewTopic::name).toList();
        } catch (TimeoutException e) {
            throw new Obstacle("Kafka does not answer on " + bootstrapServers, e);
        } catch (ExecutionException e) {
            throw new Obstacle("cannot create the topics on " + bootstrapServers + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while creating the topics", e);
        }
    }

    private static NewTopic topic(String name, int partitions) {
        return new NewTopic(name, partitions, REPLICATION_OF_ONE_BROKER).configs(settings(name));
    }

    private static Map<String, String> settings(String name) {
        if (COMPACTED.contains(name)) {
            return Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        }
        return LARGE.contains(name)
                ? Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(SnapshotTaken.LARGEST_BYTES))
                : Map.of();
    }

    /// Topics of an installation that is older than their settings get them too.
    private static Map<ConfigResource, Collection<AlterConfigOp>> alterations() {
        return all().stream()
                .filter(topic -> !topic.configs().isEmpty())
                .collect(Collectors.toMap(
                        topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
                        topic -> topic.configs().entrySet().stream()
                                .map(setting -> new AlterConfigOp(
                                        new ConfigEntry(setting.getKey(), setting.getValue()),
                                        AlterConfigOp.OpType.SET))
                                .toList()));
    }
}
