package io.streamsync.launcher.demo;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.streamsync.launcher.installation.Obstacle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/// Who takes part in the demo: devnet's operators with their nodes and asks, and accounts worth asking about.
@JsonIgnoreProperties(ignoreUnknown = true)
record DevnetPlan(List<Operator> operators, List<Account> accounts, String genesisHash) {

    /// @param devnet the folder that holds devnet
    static DevnetPlan read(Path devnet) {
        var file = devnet.resolve("operators.json");
        try {
            return Api.JSON.readValue(Files.readString(file), DevnetPlan.class);
        } catch (IOException | JacksonException e) {
            throw new Obstacle("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    List<String> addresses(String kind) {
        return accounts.stream()
                .filter(account -> account.kind().equals(kind))
                .map(Account::address)
                .toList();
    }

    /// @param part in the story; none for most
    /// @param nodes how each behaves, in the words of a node's `/control`, and `asks` of its own that replace
    ///     single ones of the operator's
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Operator(
            String name,
            @Nullable String part,
            String website,
            String walletSeed,
            String region,
            List<ObjectNode> nodes,
            Map<String, ObjectNode> asks) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Account(String address, String kind) {}
}
