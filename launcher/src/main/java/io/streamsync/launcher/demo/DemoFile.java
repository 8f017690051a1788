package io.streamsync.launcher.demo;

import io.streamsync.launcher.installation.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// `demo.json`: how to reach the market of the demo, with keys to ask with and the processes that answer.
record DemoFile(String url, String apiKey, String managementKey, List<Node> nodes) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    static DemoFile of(String url, CustomerAccount account, Cast cast) {
        var nodes = cast.operators().stream()
                .flatMap(operator -> operator.nodes().stream()
                        .map(node -> new Node(
                                operator.operatorId(),
                                node.nodeId(),
                                node.process().endpoint(),
                                node.process().pid())))
                .toList();
        return new DemoFile(url, account.asking().token(), account.managing().token(), nodes);
    }

    /// All at once, and readable by its owner alone: it holds keys.
    void write(Installation installation) {
        try {
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            var next = Files.createTempFile(installation.home(), "demo", null, ownerOnly);
            Files.writeString(next, JSON.writeValueAsString(this));
            Files.move(
                    next, installation.demoFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What an earlier demo left is not true any more.
    static void remove(Installation installation) {
        try {
            Files.deleteIfExists(installation.demoFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    record Node(String operatorId, String nodeId, String endpoint, long pid) {}
}
