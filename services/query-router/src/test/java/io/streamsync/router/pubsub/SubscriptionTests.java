package io.streamsync.router.pubsub;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.streamsync.protocol.draw.Preference;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.router.jsonrpc.Refusal;
import io.streamsync.router.jsonrpc.RefusalCode;
import io.streamsync.router.node.ScriptedSocketNode;
import io.streamsync.router.pubsub.Meter.Seller;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Subscriptions of played clients at real sockets of scripted nodes of three operators.
class SubscriptionTests {

    private static final EventLoopGroup LOOPS = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private static final String RECEIVED = "{\"context\":{\"slot\":1},\"value\":\"receivedSignature\"}";
    private static final String FATE = "{\"context\":{\"slot\":1},\"value\":{\"err\":null}}";
    private static final String SLOT = "{\"parent\":1,\"root\":0,\"slot\":18446744073709551615}";

    private final SocketMarket market = new SocketMarket(3);
    private final ScriptedClient client = client();

    @AfterEach
    void stop() {
        client.leaves();
        market.close();
    }

    @AfterAll
    static void stopLoops() {
        var _ = LOOPS.shutdownGracefully();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"7", "'\"7\"'", "null", "'\"é\\u00e9\"'", "1.50"})
    void answersWithTheClientsIdAndAnIdOfItsOwn(String id) {
        client.says(call(id, "slotSubscribe", ""));

        hears("{\"jsonrpc\":\"2.0\",\"result\":1,\"id\":" + id + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"account", "logs", "program", "root", "signature", "slot", "block", "vote", "slotsUpdates"})
    void knowsEveryKindOfSolanas(String kind) {
        client.says(call("1", kind + "Subscribe", ""));
        hears("{\"jsonrpc\":\"2.0\",\"result\":1,\"id\":1}");

        market.tells(kind, "{\"x\":1}");

        hears("{\"jsonrpc\":\"2.0\",\"method\":\"" + kind
                + "Notification\",\"params\":{\"result\":{\"x\":1},\"subscription\":1}}");
    }

    @Test
    void passesNotificationsOnByteForByte() {
        var result =
                "{\"context\":{\"slot\":5}, \"value\":{\"rentEpoch\":18446744073709551615,\"x\":1.0,\"é\":\"\\u00e9\"}}";
        client.says(call("1", "accountSubscribe", "[\"A\",{\"encoding\":\"base64\"}]"));
        hearsSomething(1);

        market.tells("account", result);

        hears("{\"jsonrpc\":\"2.0\",\"method\":\"accountNotification\",\"params\":{\"result\":" + result
                + ",\"subscription\":1}}");
        assertThat(market.serving().heard().getFirst().path("params")).hasToString("[\"A\",{\"encoding\":\"base64\"}]");
    }

    @Test
    void tellsTheNodeWhatTheOperatorWantsTold() {
        client.says(call("1", "slotSubscribe", ""));
        hearsSomething(1);

        var handshake = market.serving().handshakes().getFirst();
        assertThat(handshake.get("X-Node-Token")).startsWith("secret");
        assertThat(handshake.getAll("Sec-WebSocket-Key")).hasSize(1).doesNotContain("mine");
        assertThat(handshake.get("Origin")).isNull();
        assertThat(market.serving().paths()).containsExactly("/ws?x=1");
    }

    @Test
    void endsASubscription() {
        client.says(call("1", "slotSubscribe", ""));
        hearsSomething(1);

        client.says(call("2", "slotUnsubscribe", "[1]"));

        hears("{\"jsonrpc\":\"2.0\",\"result\":true,\"id\":2}");
        until(() -> market.nodes().stream().allMatch(node -> node.live().isEmpty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "slotUnsubscribe|[2]|Invalid subscription id.",
                "rootUnsubscribe|[1]|Invalid subscription id.",
                "slotUnsubscribe|[18446744073709551615]|Invalid subscription id.",
                "slotUnsubscribe|[18446744073709551616]|Invalid params",
                "slotUnsubscribe|[\"1\"]|Invalid params",
                "slotUnsubscribe|[1,2]|Invalid params",
                "slotUnsubscribe|[]|Invalid params",
                "slotUnsubscribe|{\"id\":1}|Invalid params",
                "slotUnsubscribe||Invalid params"
            })
    void endsNoSubscriptionThatIsNone(String method, String params, String message) {
        client.says(call("1", "slotSubscribe", ""));
        hearsSomething(1);

        client.says(call("2", method, params == null ? "" : params));

        hears("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32602,\"message\":\"" + message + "\"},\"id\":2}");
        until(() -> market.serving().live().size() == 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"getSlot\"}|-32601|3",
                "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"subscribe\"}|-32601|3",
                "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":7}|-32600|3",
                "{\"id\":3,\"method\":\"slotSubscribe\"}|-32600|3",
                "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"slotSubscribe\",\"params\":7}|-32600|3",
                "[]|-32600|null",
                "7|-32600|null",
                "{\"jsonrpc\"|-32700|null",
                "hello|-32700|null"
            })
    void refusesWhatIsNoSubscription(String message, int code, String id) {
        client.says(message);

        until(() -> client.heard().size() == 1);
        assertThat(client.heard().getFirst())
                .startsWith("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":" + code + ",")
                .endsWith(",\"id\":" + id + "}");
        assertThat(client.closed()).isNull();
    }

    @Test
    void heedsNoCallWithoutAnId() {
        client.says("{\"jsonrpc\":\"2.0\",\"method\":\"ping\",\"params\":null}");
        client.says("{\"jsonrpc\":\"2.0\",\"method\":\"slotSubscribe\"}");

        client.says(call("1", "slotSubscribe", ""));

        hears("{\"jsonrpc\":\"2.0\",\"result\":1,\"id\":1}");
        assertThat(client.heard()).hasSize(1);
        assertThat(market.nodes().stream().flatMap(node -> node.methods().stream()))
                .hasSizeLessThan(3)
                .containsOnly("slotSubscribe");
    }

    @Test
    void answersABatchElementByElementInItsOrder() {
        client.says("[" + call("1", "slotSubscribe", "") + "," + call("2", "getSlot", "") + ",7,"
                + "{\"jsonrpc\":\"2.0\",\"method\":\"ping\"}," + call("\"4\"", "rootSubscribe", "") + "]");

        hears("[{\"jsonrpc\":\"2.0\",\"result\":1,\"id\":1},"
                + "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32601,\"message\":\"Method not found\"},\"id\":2},"
                + "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32600,\"message\":\"Invalid request\"},\"id\":null},"
                + "{\"jsonrpc\":\"2.0\",\"result\":2,\"id\":\"4\"}]");
    }

    @Test
    void tellsNothingOfASubscriptionWhoseIdTheClientDoesNotKnowYet() {
        market.nodes().forEach(node -> node.holds("rootSubscribe"));
        client.says("[" + call("1", "slotSubscribe", "") + "," + call("2", "rootSubscribe", "") + "]");
        until(() -> live() == 2);

        market.tells("slot", SLOT);
        market.nodes().forEach(ScriptedSocketNode::letsGo);

        until(() -> client.heard().size() == 2);
        assertThat(client.heard().getFirst()).startsWith("[");
        assertThat(client.heard().getLast()).contains("slotNotification");
    }

    @Test
    void passesTheNodesRefusalOn() {
        var error =
                "{\"code\":-32602,\"message\":\"Invalid Request: Only 1 address supported\",\"data\":{\"x\":[1.0]}}";
        market.nodes().forEach(node -> node.refuses("logsSubscribe", error));

        client.says(call("1", "logsSubscribe", "[{\"mentions\":[]}]"));

        hears("{\"jsonrpc\":\"2.0\",\"error\":" + error + ",\"id\":1}");
    }

    @Test
    void refusesWhatNoNodeCanRead() {
        client.says(call("1", "slotSubscribe", ""));
        hearsSomething(1);
        until(() -> market.serving().connections() == 1);
        var serving = market.serving();
        market.nodes().forEach(node -> node.holds("logsSubscribe"));

        client.says(call("2", "logsSubscribe", "[{\"mentions\":[]}]"));
        var said = new HashSet<ScriptedSocketNode>();
        for (var i = 1; i <= 2; i++) {
            until(() -> askedForLogs(said).findFirst().isPresent());
            var asked = askedForLogs(said).findFirst().orElseThrow();
            said.add(asked);
            asked.say("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32700,\"message\":\"Parse error\"},\"id\":null}");
        }

        hears("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32700,\"message\":\"Parse error\"},\"id\":2}");
        assertThat(serving.connections()).isEqualTo(1);
        assertThat(client.closed()).isNull();
    }

    private Stream<ScriptedSocketNode> askedForLogs(Set<ScriptedSocketNode> butNot) {
        return market.nodes().stream()
                .filter(node -> node.methods().contains("logsSubscribe") && !butNot.contains(node));
    }

    @Test
    void asksNoNodeForMoreThanNodesTake() {
        client.says(call("1", "logsSubscribe", "[{\"mentions\":[\"" + "x".repeat(4_000) + "\"]}]"));

        hearsSomething(1);
        assertThat(client.heard().getFirst())
                .contains("\"code\":-31006", "\"reason\":\"REQUEST_TOO_LARGE\"", "\"id\":1");
        assertThat(market.nodes()).allSatisfy(node -> assertThat(node.heard()).isEmpty());
    }

    @Test
    void goesOnAtAnotherOperatorsNodeUnderTheSameId() {
        client.says(call("1", "accountSubscribe", "[\"A\"]"));
        client.says(call("2", "slotSubscribe", ""));
        hearsSomething(2);
        var first = market.serving();

        first.drop();

        until(() -> market.nodes().stream()
                .filter(node -> node != first)
                .allMatch(node -> node.live().size() == 2));
        market.tells("account", "{\"value\":2}");
        hears("{\"jsonrpc\":\"2.0\",\"method\":\"accountNotification\",\"params\":{\"result\":{\"value\":2},"
                + "\"subscription\":1}}");
        assertThat(client.heard()).hasSize(3);
        assertThat(client.closed()).isNull();
    }

    @Test
    void leavesANodeThatFallsSilent() {
        leaves(ScriptedSocketNode::fallsSilent);
    }

    @Test
    void leavesANodeThatIsDelisted() {
        leaves(market::delists);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "7",
                "{}",
                "[]",
                "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32700,\"message\":\"Parse error\"},\"id\":null}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"slotNotification\",\"params\":{\"result\":1,\"subscription\":\"x\"}}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"slotNotification\",\"params\":{\"result\":1"
            })
    void leavesANodeThatTalksNonsense(String nonsense) {
        leaves(node -> node.say(nonsense));
    }

    @Test
    void leavesANodeWhoseMessagesAreTooLarge() {
        leaves(node -> node.notify("slot", "\"" + "x".repeat(SocketMarket.LARGEST_NODE_MESSAGE) + "\""));
    }

    @Test
    void leavesANodeWhoseWordsAreNoText() {
        leaves(node -> node.say(bytes(
                "{\"jsonrpc\":\"2.0\",\"method\":\"slotNotification\",\"params\":{\"result\":\"",
                0xff,
                "\",\"subscription\":" + node.live().getFirst().id() + "}}")));
    }

    @Test
    void leavesANodeThatPingsAndDoesNotRead() {
        leaves(ScriptedSocketNode::floods);
    }

    @Test
    void leavesANodeWhoseRefusalIsAsLargeAsABlock() {
        market.lists(2);
        client.says(call("1", "slotSubscribe", ""));
        hearsSomething(1);
        var first = market.serving();
        first.refuses("rootSubscribe", "{\"code\":1,\"message\":\"" + "x".repeat(70_000) + "\"}");

        client.says(call("2", "rootSubscribe", ""));

        hears("{\"jsonrpc\":\"2.0\",\"result\":2,\"id\":2}");
        until(() -> first.live().isEmpty() || first.handshakes().size() > 1);
    }

    @Test
    void boundsWhatNodesBeginAndDoNotEnd() {
        market.lists(1);
        var others = List.of(client(), client());
        for (var subject = 1; subject <= 3; subject++) {
            client.says(call("1", "slotSubscribe", "[" + subject + "]"));
            for (var other : others) {
                other.says(call("1", "slotSubscribe", "[1" + others.indexOf(other) + subject + "]"));
            }
        }
        var node = market.nodes().getFirst();
        until(() -> node.live().size() == 9);
        assertThat(node.connections()).isEqualTo(3);

        node.begin("x".repeat(200_000));

        until(() -> node.handshakes().size() > 3);
        others.forEach(ScriptedClient::leaves);
    }

    @Test
    void holdsNothingOfMessagesThatAreWhole() {
        client.says(call("1", "slotSubscribe", ""));
        hearsSomething(1);

        for (var i = 0; i < 10; i++) {
            market.tells("slot", "\"" + "x".repeat(200_000) + "\"");
        }

        hearsSomething(11);
        assertThat(market.serving().handshakes()).hasSize(1);
    }

    @Test
    void keepsWhatANodeTellsBeforeItAnswers() {
        market.nodes().forEach(node -> node.holds("signatureSubscribe"));
        client.says(call("1", "signatureSubscribe", "[\"S\"]"));
        until(() -> market.nodes().stream().anyMatch(node -> !node.heard().isEmpty()));
        var serving = market.serving();
        var nodesId = 1_000L * (market.nodes().indexOf(serving) + 1) + 1;

        serving.say("{\"jsonrpc\":\"2.0\",\"method\":\"signatureNotification\",\"params\":{\"result\":"
                + "{\"context\":{\"slot\":1},\"value\":{\"err\":null}},\"subscription\":" + nodesId + "}}");
        serving.letsGo();

        hearsSomething(2);
        assertThat(client.heard())
                .containsExactly(
                        "{\"jsonrpc\":\"2.0\",\"result\":1,\"id\":1}",
                        "{\"jsonrpc\":\"2.0\",\"method\":\"signatureNotification\",\"params\":{\"result\":"
                                + "{\"context\":{\"slot\":1},\"value\":{\"err\":null}},\"subscription\":1}}");
    }

    @Test
    void endsNoSubscriptionWhoseIdItHasNotGivenYet() {
        market.nodes().forEach(node -> node.holds("slotSubscribe"));
        client.says("[" + call("1", "slotSubscribe", "") + "," + call("2", "slotUnsubscribe", "[1]") + "]");
        until(() -> market.nodes().stream().anyMatch(node -> !node.heard().isEmpty()));

        market.nodes().forEach(ScriptedSocketNode::letsGo);

        hears("[{\"jsonrpc\":\"2.0\",\"result\":1,\"id\":1},{\"jsonrpc\":\"2.0\",\"error\":"
                + "{\"code\":-32602,\"message\":\"Invalid subscription id.\"},\"id\":2}]");
    }

    @Test
    void asksANodeAtOnceAfterATimeWithoutSubscriptions() {
        try (var patient = new SocketMarket(1, SocketMarket.pausing(Duration.ofMinutes(1), Duration.ofMinutes(1)))) {
            var visitor = new ScriptedClient(LOOPS.next(), patient.pubSub());
            for (var visit = 1; visit <= 2; visit++) {
                var answers = 2 * visit - 1;
                visitor.says(call("1", "slotSubscribe", ""));
                until(() -> visitor.heard().size() == answers);
                visitor.says(call("2", "slotUnsubscribe", "[" + visit + "]"));
                until(() -> patient.nodes().getFirst().connections() == 0);
            }
            visitor.leaves();
        }
    }

    @Test
    void leavesANodeThatDoesNotAnswerASubscription() {
        market.lists(2);
        client.says(call("1", "slotSubscribe", ""));
        hearsSomething(1);
        var first = market.serving();
        first.holds("rootSubscribe");

        client.says(call("2", "rootSubscribe", ""));

        hears("{\"jsonrpc\":\"2.0\",\"result\":2,\"id\":2}");
        until(() -> first.live().isEmpty() || first.handshakes().size() > 1);
    }

    @Test
    void findsANodeThatTakesOverWhatOthersRefuse() {
        client.says(call("1", "blockSubscribe", "[\"all\"]"));
        hearsSomething(1);
        var first = market.serving();
        var refusing = market.nodes().stream()
                .filter(node -> node != first)
                .findFirst()
                .orElseThrow();
        refusing.refuses("blockSubscribe", "{\"code\":-32601,\"message\":\"Method not found\"}");

        first.close();

        until(() -> market.nodes().stream()
                .anyMatch(
                        node -> node != first && node != refusing && node.live().size() == 1));
        assertThat(client.heard()).hasSize(1);
        assertThat(client.closed()).isNull();
    }

    @Test
    void endsASignatureOnceItsFateIsTold() {
        client.says(call("1", "signatureSubscribe", "[\"S\",{\"enableReceivedNotification\":true}]"));
        hearsSomething(1);

        market.tells("signature", "{\"context\":{\"slot\":1},\"value\":\"receivedSignature\"}");
        market.tells("signature", "{\"context\":{\"slot\":1},\"value\":{\"err\":null}}");

        hearsSomething(3);
        client.says(call("2", "signatureUnsubscribe", "[1]"));
        hears("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32602,\"message\":\"Invalid subscription id.\"},\"id\":2}");
    }

    @Test
    void takesNoSignatureElsewhereWhoseFateWasTold() {
        client.says(call("1", "signatureSubscribe", "[\"S\"]"));
        client.says(call("2", "slotSubscribe", ""));
        hearsSomething(2);
        market.tells("signature", "{\"context\":{\"slot\":1},\"value\":{\"err\":null}}");
        hearsSomething(3);
        until(() -> slotSubscriptions() == 2);

        market.nodes().forEach(ScriptedSocketNode::drop);

        until(() -> slotSubscriptions() == 4);
        assertThat(market.nodes().stream().flatMap(node -> node.methods().stream()))
                .filteredOn("signatureSubscribe"::equals)
                .hasSizeLessThan(3);
    }

    private long slotSubscriptions() {
        return market.nodes().stream()
                .flatMap(node -> node.methods().stream())
                .filter("slotSubscribe"::equals)
                .count();
    }

    @Test
    void sharesANodesSubscriptionAmongAllClients() {
        var clients = IntStream.range(0, 50)
                .mapToObj(i -> new ScriptedClient(LOOPS.next(), market.pubSub(), market.key(i), Terms.standard(3)))
                .toList();
        clients.forEach(one -> one.says(call("1", "accountSubscribe", "[\"A\", {\"commitment\":\"finalized\"}]")));
        client.says(call("1", "accountSubscribe", "[\"A\"]"));
        hearsSomething(1);
        until(() -> clients.stream().allMatch(one -> one.heard().size() == 1));

        market.tells("account", accountAt(7));

        until(() -> clients.stream().allMatch(one -> one.heard().size() == 2)
                && client.heard().size() == 2);
        assertThat(market.nodes()).allSatisfy(node -> assertThat(node.methods()).hasSizeLessThan(2));
        assertThat(market.nodes().stream()
                        .mapToInt(ScriptedSocketNode::connections)
                        .sum())
                .isEqualTo(2);
        clients.forEach(ScriptedClient::leaves);
        assertThat(market.nodes().stream().flatMap(node -> node.methods().stream()))
                .doesNotContain("accountUnsubscribe");
    }

    @Test
    void tellsALateComerOfASignatureWhatBecameOfIt() {
        client.says(call("1", "signatureSubscribe", "[\"S\"]"));
        hearsSomething(1);
        market.tells("signature", FATE);
        hearsSomething(2);
        market.nodes().forEach(node -> node.tellsAtOnce("signature", "S", FATE));

        var late = client();
        late.says(call("1", "signatureSubscribe", "[\"S\"]"));

        until(() -> late.heard().size() == 2);
        assertThat(late.heard().getLast()).contains(FATE);
        late.leaves();
    }

    @Test
    void tellsASignaturesFateOnceThoughTwoNodesDo() {
        client.says(call("1", "signatureSubscribe", "[\"S\",{\"enableReceivedNotification\":true}]"));
        hearsSomething(1);
        until(() -> live() == 2);

        market.tells("signature", RECEIVED);
        hearsSomething(2);
        market.tells("signature", FATE);
        hearsSomething(3);
        client.says(call("2", "rootSubscribe", ""));

        hears("{\"jsonrpc\":\"2.0\",\"result\":2,\"id\":2}");
        assertThat(client.heard()).hasSize(4);
    }

    @Test
    void asksNobodyButWhomTheCustomerAllows() {
        var only = new OperatorId("op1");
        var choosy = new ScriptedClient(LOOPS.next(), market.pubSub(), SocketMarket.KEY, terms(List.of(only), 4_000));
        choosy.says(call("1", "slotSubscribe", ""));
        until(() -> choosy.heard().size() == 1);

        assertThat(market.nodes().get(1).live()).hasSize(1);
        assertThat(live()).isEqualTo(1);
        choosy.leaves();
    }

    @Test
    void refusesWhatNobodySellsSoCheaply() {
        var thrifty = new ScriptedClient(LOOPS.next(), market.pubSub(), SocketMarket.KEY, terms(List.of(), 3_999));

        thrifty.says(call("1", "slotSubscribe", ""));

        until(() -> thrifty.heard().size() == 1);
        assertThat(thrifty.heard().getFirst())
                .contains("\"code\":-31003", "\"reason\":\"NO_CAPABLE_NODE\"", "\"cheapestAsk\":\"0.000004\"");
        thrifty.leaves();
    }

    @Test
    void chargesWhatIsOpenedAndWhatIsTold() {
        market.asks(0, 3_000);
        market.asks(1, 5_000);
        market.asks(2, 5_000);
        var only = List.of(new OperatorId("op0"));
        var one = new ScriptedClient(LOOPS.next(), market.pubSub(), SocketMarket.KEY, terms(only, 4_000));
        one.says(call("1", "accountSubscribe", "[\"A\"]"));
        one.says(call("2", "accountSubscribe", "[\"A\"]"));
        until(() -> one.heard().size() == 2);

        market.tells("account", accountAt(7));
        market.tells("account", accountAt(8));

        until(() -> one.heard().size() == 6);
        assertThat(market.meter().opened()).extracting(Seller::askNano).containsExactly(3_000L, 3_000L);
        assertThat(market.meter().notified()).isEqualTo(4);
        assertThat(market.meter().notifiedNano()).isEqualTo(12_000);
        one.says(call("3", "accountUnsubscribe", "[1]"));
        until(() -> market.meter().open() == 1);
        one.leaves();
        until(() -> market.meter().open() == 0);
    }

    @Test
    void opensNothingThatCannotBePaid() {
        market.meter().refuses(Refusal.of(RefusalCode.INSUFFICIENT_CREDIT).with("balance", "0"));

        client.says(call("7", "slotSubscribe", ""));

        hearsSomething(1);
        assertThat(client.heard().getFirst())
                .contains("\"code\":-31002", "\"reason\":\"INSUFFICIENT_CREDIT\"", "\"id\":7");
        assertThat(market.nodes())
                .as("nodes work for nobody who cannot pay")
                .allSatisfy(node -> assertThat(node.handshakes()).isEmpty());
    }

    @Test
    void letsNobodyElseSufferMoreThanOnceFromWhatNodesHangUpUpon() {
        client.says(call("1", "accountSubscribe", "[\"A\"]"));
        hearsSomething(1);
        until(() -> live() == 2);
        market.nodes().forEach(node -> node.hangsUpUpon("poison"));
        var another = client();

        another.says(call("1", "accountSubscribe", "[\"poison\"]"));

        until(() -> another.heard().size() == 1);
        assertThat(another.heard().getFirst()).contains("\"code\":-31008", "\"id\":1");
        assertThat(askedFor("poison")).isEqualTo(2);
        until(() -> live() == 2);
        var before = connections();
        another.says(call("2", "accountSubscribe", "[\"poison\"]"));
        until(() -> another.heard().size() == 2);
        assertThat(connections()).as("asked for on a connection of its own").isEqualTo(before);
        market.tells("account", accountAt(7));
        hearsSomething(2);
        assertThat(client.closed()).isNull();
        another.leaves();
    }

    private long askedFor(String parameter) {
        return market.nodes().stream()
                .flatMap(node -> node.heard().stream())
                .filter(call -> call.path("params").toString().contains(parameter))
                .count();
    }

    /// Of nodes, with a subscription.
    private Set<Channel> connections() {
        return market.nodes().stream()
                .flatMap(node -> node.live().stream())
                .map(ScriptedSocketNode.Live::channel)
                .collect(Collectors.toSet());
    }

    @Test
    void endsWithTheCredit() {
        market.meter().coversOnly(1);
        client.says(call("1", "accountSubscribe", "[\"A\"]"));
        hearsSomething(1);

        market.tells("account", accountAt(7));
        market.tells("account", accountAt(8));

        until(() -> client.closed() == CloseReason.NO_CREDIT);
        assertThat(client.heard()).hasSize(2);
        assertThat(market.meter().open()).isZero();
    }

    @Test
    void keepsASignaturesFateUntilTheSubscriptionIsPaid() {
        market.nodes().forEach(node -> node.tellsAtOnce("signature", "S", FATE));

        client.says(call("1", "signatureSubscribe", "[\"S\"]"));

        hearsSomething(2);
        assertThat(client.heard().getLast()).contains(FATE);
        until(() -> market.meter().open() == 0);
    }

    @Test
    void leavesANodeThatAsksMoreThanTheCustomerGives() {
        var thrifty = new ScriptedClient(LOOPS.next(), market.pubSub(), SocketMarket.KEY, terms(List.of(), 4_000));
        thrifty.says(call("1", "slotSubscribe", ""));
        until(() -> live() == 2);
        var dear = market.nodes().indexOf(market.serving());

        market.asks(dear, 4_001);

        until(() -> market.nodes().get(dear).live().isEmpty() && live() == 2);
        assertThat(thrifty.closed()).isNull();
        thrifty.leaves();
    }

    @Test
    void drawsAnewANodeWhoseAskRisesOnceItServes() {
        client.says(call("1", "slotSubscribe", ""));
        until(() -> live() == 2);
        var greedy = market.nodes().stream()
                .filter(node -> !node.live().isEmpty())
                .findFirst()
                .orElseThrow();

        market.asks(market.nodes().indexOf(greedy), 4_000_000_000L);

        until(() -> greedy.live().isEmpty() && live() == 2);
        assertThat(client.closed()).isNull();
    }

    @Test
    void heedsWhatTheHolderAllowsAKey() {
        market.limits(2, 1);
        client.says(call("1", "slotSubscribe", ""));
        client.says(call("2", "rootSubscribe", ""));
        hearsSomething(2);

        client.says(call("3", "voteSubscribe", ""));

        hearsSomething(3);
        assertThat(client.heard().getLast())
                .contains("\"code\":-31004", "\"cause\":\"OWN_CAP\"", "\"limit\":\"2 subscriptions of the key\"");
        assertThat(market.pubSub().refusal(SocketMarket.KEY))
                .isNotNull()
                .satisfies(refusal -> assertThat(refusal.data()).containsEntry("limit", "1 connections of a key"));
        client.says(call("4", "slotUnsubscribe", "[1]"));
        client.says(call("5", "voteSubscribe", ""));
        hears("{\"jsonrpc\":\"2.0\",\"result\":3,\"id\":5}");
    }

    @Test
    void tellsClientsOfAllLoopsInOrder() {
        var others = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
        var clients = IntStream.range(0, 20)
                .mapToObj(i -> new ScriptedClient(others.next(), market.pubSub(), market.key(i), Terms.standard(3)))
                .toList();
        clients.forEach(one -> one.says(call("1", "slotSubscribe", "")));
        until(() -> clients.stream().allMatch(one -> one.heard().size() == 1) && live() == 2);

        for (var number = 1; number <= 200; number++) {
            market.tells("slot", slot(number));
        }

        until(() -> clients.stream().allMatch(one -> one.heard().size() == 201));
        assertThat(clients).allSatisfy(one -> {
            for (var number = 1; number <= 200; number++) {
                assertThat(one.heard().get(number)).contains("\"slot\":" + number + "}");
            }
        });
        clients.forEach(ScriptedClient::leaves);
        var _ = others.shutdownGracefully();
    }

    @Test
    void saysWhenSomethingMayBeMissing() {
        market.lists(1);
        client.says(call("1", "logsSubscribe", "[\"all\"]"));
        hearsSomething(1);

        market.serving().drop();

        until(() -> client.closed() == CloseReason.MISSED);
    }

    @Test
    void goesOnWithSlotsWhereNoneIsMissing() {
        market.lists(1);
        client.says(call("1", "slotSubscribe", ""));
        hearsSomething(1);
        var node = market.serving();
        node.notify("slot", slot(5));
        hearsSomething(2);

        node.drop();
        until(() -> node.handshakes().size() == 2 && !node.live().isEmpty());
        node.notify("slot", slot(6));

        hearsSomething(3);
        assertThat(client.closed()).isNull();
    }

    @Test
    void leavesANodeWhoseSlotsStandStill() {
        client.says(call("1", "slotSubscribe", ""));
        hearsSomething(1);
        until(() -> live() == 2);
        var still = market.serving();

        for (var number = 1; number <= 30; number++) {
            var told = slot(number);
            market.nodes().stream().filter(node -> node != still).forEach(node -> node.notify("slot", told));
        }

        until(() -> still.live().isEmpty());
    }

    @Test
    void refusesCallsThatComeTooFast() {
        for (var i = 0; i < 1_501; i++) {
            client.says(call("1", "slotUnsubscribe", "[9]"));
        }
        until(() -> client.heard().size() >= 1_501);
        assertThat(client.heard()).anySatisfy(message -> assertThat(message).contains("Invalid subscription id."));

        for (var i = 0; i < 4_000; i++) {
            client.says(call("1", "slotUnsubscribe", "[9]"));
        }

        until(() -> client.closed() == CloseReason.TOO_FAST);
        assertThat(client.heard()).anySatisfy(message -> assertThat(message).contains("\"code\":-31004"));
    }

    @Test
    void keepsEqualSubscriptionsApartThoughTheNodeDoesNot() {
        client.says(call("1", "accountSubscribe", "[\"A\"]"));
        client.says(call("2", "accountSubscribe", "[\"A\"]"));
        hearsSomething(2);
        client.says(call("3", "accountUnsubscribe", "[1]"));
        hearsSomething(3);

        market.tells("account", "{\"value\":1}");

        hears("{\"jsonrpc\":\"2.0\",\"method\":\"accountNotification\",\"params\":{\"result\":{\"value\":1},"
                + "\"subscription\":2}}");
        assertThat(market.serving().methods()).doesNotContain("accountUnsubscribe");
    }

    @Test
    void givesUpNoIdThatAnEqualSubscriptionIsAboutToGet() {
        client.says(call("1", "accountSubscribe", "[\"A\"]"));
        hearsSomething(1);

        client.says(call("2", "accountSubscribe", "[\"A\"]"));
        client.says(call("3", "accountUnsubscribe", "[1]"));
        hearsSomething(3);
        market.tells("account", "{\"value\":1}");

        hears("{\"jsonrpc\":\"2.0\",\"method\":\"accountNotification\",\"params\":{\"result\":{\"value\":1},"
                + "\"subscription\":2}}");
    }

    @Test
    void boundsTheSubscriptionsOfAConnection() {
        for (var i = 1; i <= 4; i++) {
            client.says(call("1", "slotSubscribe", ""));
        }
        hearsSomething(4);

        client.says(call("5", "slotSubscribe", ""));

        hearsSomething(5);
        assertThat(client.heard().getLast())
                .contains("\"code\":-31004", "\"reason\":\"RATE_LIMITED\"", "\"cause\":\"OWN_CAP\"", "\"id\":5");
        client.says(call("6", "slotUnsubscribe", "[1]"));
        client.says(call("7", "slotSubscribe", ""));
        hears("{\"jsonrpc\":\"2.0\",\"result\":5,\"id\":7}");
    }

    @Test
    void boundsTheConnectionsOfAKey() {
        var others = List.of(client(), client());

        assertThat(market.pubSub().refusal(SocketMarket.KEY))
                .isNotNull()
                .satisfies(refusal -> assertThat(refusal.data()).containsEntry("cause", "OWN_CAP"));
        assertThat(client().closed()).isEqualTo(CloseReason.FULL);

        others.forEach(ScriptedClient::leaves);
        until(() -> market.pubSub().refusal(SocketMarket.KEY) == null);
    }

    @Test
    void endsWithItsKey() {
        market.revokes(SocketMarket.KEY);

        until(() -> client.closed() == CloseReason.KEY_REVOKED);
    }

    @Test
    void endsAClientThatDoesNotRead() {
        client.says(call("1", "slotSubscribe", ""));
        hearsSomething(1);

        client.readsNoMore();
        market.tells("slot", SLOT);

        until(() -> client.closed() == CloseReason.NOT_READ);
        until(() -> market.nodes().stream().allMatch(node -> node.connections() == 0));
    }

    @Test
    void pingsAClientThatIsQuiet() {
        until(() -> client.pings() > 0);
        client.readsNoMore();

        until(() -> client.closed() == CloseReason.SILENT);
    }

    @Test
    void waitsForANode() {
        market.lists(0);
        client.says(call("1", "slotSubscribe", ""));

        market.lists(1);

        hears("{\"jsonrpc\":\"2.0\",\"result\":1,\"id\":1}");
    }

    @Test
    void tellsTheClientWhenThereIsNoNodeForLong() {
        market.nodes().forEach(ScriptedSocketNode::close);
        client.says(call("1", "slotSubscribe", ""));

        until(() -> client.closed() == CloseReason.NO_NODE);
    }

    @Test
    void needsNoNodeWithoutASubscription() {
        client.says(call("1", "slotSubscribe", ""));
        hearsSomething(1);

        client.says(call("2", "slotUnsubscribe", "[1]"));

        until(() -> market.nodes().stream().allMatch(node -> node.connections() == 0));
        client.says(call("3", "slotSubscribe", ""));
        hears("{\"jsonrpc\":\"2.0\",\"result\":2,\"id\":3}");
    }

    @Test
    void tellsEverybodyToGoWhenTheRouterStops() {
        var other = client();

        market.pubSub().close(Duration.ofSeconds(5));

        assertThat(client.closed()).isEqualTo(CloseReason.GOING_AWAY);
        assertThat(other.closed()).isEqualTo(CloseReason.GOING_AWAY);
        assertThat(market.pubSub().refusal(SocketMarket.KEY)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", SocketMarket.MANAGER})
    void takesNoKeyThatMayNotAsk(String key) {
        assertThat(market.pubSub().refusal(key))
                .isNotNull()
                .satisfies(refusal -> assertThat(refusal.code().status()).isEqualTo(401));
    }

    private void leaves(Consumer<ScriptedSocketNode> fault) {
        client.says(call("1", "slotSubscribe", ""));
        hearsSomething(1);
        var first = market.serving();

        fault.accept(first);

        until(() -> market.nodes().stream()
                .allMatch(node -> node == first || !node.live().isEmpty()));
        market.nodes().stream().filter(node -> node != first).forEach(node -> node.notify("slot", SLOT));
        hears("{\"jsonrpc\":\"2.0\",\"method\":\"slotNotification\",\"params\":{\"result\":" + SLOT
                + ",\"subscription\":1}}");
        assertThat(client.closed()).isNull();
    }

    private long live() {
        return market.nodes().stream().mapToLong(node -> node.live().size()).sum();
    }

    private static String slot(long number) {
        return "{\"parent\":" + (number - 1) + ",\"root\":0,\"slot\":" + number + "}";
    }

    private static String accountAt(long slot) {
        return "{\"context\":{\"slot\":" + slot + "},\"value\":{\"lamports\":1}}";
    }

    private static Terms terms(List<OperatorId> only, long maxPrice) {
        return new Terms(
                Preference.BALANCED, OptionalLong.of(maxPrice), OptionalInt.empty(), 3, 0, false, only, List.of());
    }

    private ScriptedClient client() {
        return new ScriptedClient(LOOPS.next(), market.pubSub());
    }

    private void hears(String message) {
        until(() -> client.heard().contains(message));
    }

    private void hearsSomething(int messages) {
        until(() -> client.heard().size() >= messages);
    }

    private static void until(Callable<Boolean> condition) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(30))
                .until(condition);
    }

    private static byte[] bytes(String before, int one, String after) {
        var text = new ByteArrayOutputStream();
        text.writeBytes(before.getBytes(US_ASCII));
        text.write(one);
        text.writeBytes(after.getBytes(US_ASCII));
        return text.toByteArray();
    }

    private static String call(String id, String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\""
                + (params.isEmpty() ? "" : ",\"params\":" + params) + "}";
    }
}
