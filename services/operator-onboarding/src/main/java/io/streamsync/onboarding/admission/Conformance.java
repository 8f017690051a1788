package io.streamsync.onboarding.admission;

import io.streamsync.onboarding.admission.NodeClient.NodeReply;
import io.streamsync.onboarding.identity.Base58;
import io.streamsync.onboarding.node.Node;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// A node answers in the shape of a Solana node and, where the answer is a constant of the chain, like the others.
@Component
class Conformance implements NodeCheck {

    /// From how many other operators on their word counts.
    private static final int OTHERS = 2;

    private static final String SYSTEM_PROGRAM = "11111111111111111111111111111111";
    private static final int TOKEN_ACCOUNT_SIZE = 165;
    private static final int HASH_SIZE = 32;

    private static final List<Question> IN_SHAPE = List.of(
            new Question("getHealth", "\"ok\"", value -> "ok".equals(value.asString(""))),
            new Question(
                    "getVersion",
                    "an object with solana-core",
                    value -> value.path("solana-core").isString()),
            new Question("getSlot", "a slot", Conformance::isCount),
            new Question("getLatestBlockhash", "a blockhash with its context", Conformance::isBlockhash),
            new Question("getBalance", "lamports with their context", Conformance::isBalance, SYSTEM_PROGRAM),
            new Question("getMinimumBalanceForRentExemption", "lamports", Conformance::isCount, TOKEN_ACCOUNT_SIZE));

    private static final List<Question> LIKE_THE_OTHERS = List.of(
            new Question("getMinimumBalanceForRentExemption", "lamports", Conformance::isCount, TOKEN_ACCOUNT_SIZE),
            new Question("getGenesisHash", "a hash", JsonNode::isString));

    private final NodeClient client;
    private final Peers peers;

    Conformance(NodeClient client, Peers peers) {
        this.client = client;
        this.peers = peers;
    }

    @Override
    public AdmissionCheck check() {
        return AdmissionCheck.CONFORMANCE;
    }

    @Override
    public Finding of(Portrait portrait) {
        var node = portrait.node();
        return IN_SHAPE.stream()
                .flatMap(question -> flawInShape(node, question).stream())
                .findFirst()
                .or(() -> LIKE_THE_OTHERS.stream()
                        .flatMap(question -> difference(node, question).stream())
                        .findFirst())
                .<Finding>map(flaw -> flaw)
                .orElseGet(() -> new Finding.Passed("All of " + methods() + " were answered as they should be."));
    }

    private Optional<Finding.Failed> flawInShape(Node node, Question question) {
        return switch (client.ask(node.reach(), question.method(), question.params())) {
            case NodeReply.Failure(var reason) ->
                Optional.of(new Finding.Failed(
                        question.method() + ": " + reason + ".", "Let the node serve " + question.method() + "."));
            case NodeReply.Result said when question.shape().test(said.value()) -> Optional.empty();
            case NodeReply.Result _ ->
                Optional.of(new Finding.Failed(
                        question.method() + " was not answered with " + question.expected() + ".",
                        "Let the node answer " + question.method() + " as a Solana node does."));
        };
    }

    private Optional<Finding.Failed> difference(Node node, Question question) {
        var common = majority(peers.answersOfOthers(node, question.method(), question.params()));
        if (common.isEmpty()) {
            return Optional.empty();
        }
        return switch (client.ask(node.reach(), question.method(), question.params())) {
            case NodeReply.Result said when said.value().equals(common.get()) -> Optional.empty();
            case NodeReply.Result _, NodeReply.Failure _ ->
                Optional.of(new Finding.Failed(
                        question.method() + " was not answered with "
                                + NodeClient.excerpt(common.get().toString()) + " as by the others.",
                        "Connect the node to the same cluster as the others, on a current version."));
        };
    }

    /// What more than half of the others say, if there are enough of them.
    static Optional<JsonNode> majority(List<JsonNode> answers) {
        if (answers.size() < OTHERS) {
            return Optional.empty();
        }
        var counts = answers.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        var most = Collections.max(counts.entrySet(), Map.Entry.comparingByValue());
        return 2 * most.getValue() > answers.size() ? Optional.of(most.getKey()) : Optional.empty();
    }

    private static String methods() {
        return IN_SHAPE.stream().map(Question::method).collect(Collectors.joining(", "));
    }

    private static boolean isCount(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong() && value.asLong() >= 0;
    }

    private static boolean isBalance(JsonNode value) {
        return isCount(value.path("context").path("slot")) && isCount(value.path("value"));
    }

    private static boolean isBlockhash(JsonNode value) {
        var latest = value.path("value");
        return isCount(value.path("context").path("slot"))
                && Base58.decode(latest.path("blockhash").asString(""), HASH_SIZE)
                        .isPresent()
                && isCount(latest.path("lastValidBlockHeight"));
    }

    /// @param expected the shape in words
    private record Question(String method, String expected, Predicate<JsonNode> shape, List<Object> given) {

        Question(String method, String expected, Predicate<JsonNode> shape, Object... params) {
            this(method, expected, shape, List.of(params));
        }

        Object[] params() {
            return given.toArray();
        }
    }
}
