package io.streamsync.router.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.protocol.draw.Preference;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.Ask;
import io.streamsync.protocol.market.ListedNode;
import io.streamsync.protocol.market.ListedOperator;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.NodeState;
import io.streamsync.protocol.market.Offer;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.market.MarketView;
import io.streamsync.router.market.Views;
import io.streamsync.router.node.NodeClient;
import io.streamsync.router.node.ScriptedNode;
import io.streamsync.router.node.ScriptedNode.Asked;
import io.streamsync.router.node.ScriptedNode.Said;
import io.streamsync.router.node.Upstream;
import io.streamsync.router.node.Upstreams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// Transactions after their races, at four scripted nodes of four operators.
class RebroadcastTests {

    private static final Duration EVERY = Duration.ofMillis(60);

    /// Where several things have to happen within a round.
    private static final Duration SELDOM = Duration.ofMillis(500);

    private static final Duration LIFETIME = Duration.ofSeconds(40);
    private static final Terms ANYBODY = terms(List.of());
    private static final NodeId TAKER = new NodeId("n0");

    private final List<ScriptedNode> nodes = IntStream.range(0, 4)
            .mapToObj(_ -> ScriptedNode.saying(asked -> statuses(asked, null)))
            .toList();
    private final RouterLog log = new RouterLog();
    private @Nullable Rebroadcast rebroadcast;

    @AfterEach
    void stop() {
        if (rebroadcast != null) {
            rebroadcast.stop();
        }
        nodes.forEach(ScriptedNode::close);
    }

    @Test
    void sendsAgainToWhoAcceptedItAndToTheOthersInTurn() {
        started(Duration.ofSeconds(20)).resend(key(1), transaction(1, ""), List.of(TAKER), ANYBODY);

        await().until(() -> nodes.stream().allMatch(node -> !sent(node).isEmpty()));

        assertThat(sent(nodes.getFirst())).hasSizeGreaterThanOrEqualTo(2);
        var params = "\"params\":" + Transactions.base64(1, ",\"skipPreflight\":true,\"maxRetries\":0");
        assertThat(sent()).allSatisfy(asked -> assertThat(asked.body()).contains(params));
    }

    @Test
    void asksAnotherNodeOnceForAllOfThem() {
        var sending = started(Duration.ofSeconds(20));
        var transactions = IntStream.range(0, 300)
                .mapToObj(seed -> transaction(seed, ",\"maxRetries\":5")) // a busy machine loses one or two
                .toList();
        for (var seed = 0; seed < 300; seed++) {
            sending.resend(key(seed), transactions.get(seed), List.of(TAKER), ANYBODY);
        }

        await().atMost(Duration.ofSeconds(30))
                .until(() -> sent().stream().map(Asked::body).distinct().count() == 300);

        var asked = asked("getSignatureStatuses").toList();
        assertThat(asked)
                .anySatisfy(one -> assertThat(one.body().split(",", -1)).hasSizeGreaterThan(100));
        assertThat(asked.stream()
                        .mapToInt(one -> one.body().split(",", -1).length)
                        .average()
                        .orElseThrow())
                .as("signatures in a question")
                .isGreaterThan(10);
        assertThat(nodes.stream()
                        .filter(node ->
                                asked(node, "getSignatureStatuses").findAny().isPresent()))
                .hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void stopsWhenTwoOperatorsCallItConfirmed() {
        nodes.forEach(node -> node.says(asked -> statuses(asked, "confirmed")));
        started(Duration.ofSeconds(20)).resend(key(1), transaction(1, ""), List.of(TAKER), ANYBODY);

        await().until(() -> asked("getSignatureStatuses").count() == 2);
        await().during(EVERY.multipliedBy(5))
                .until(() -> asked("getSignatureStatuses").count() == 2);

        assertThat(sent()).isEmpty();
    }

    @Test
    void believesNoOperatorAlone() {
        nodes.getFirst().says(asked -> statuses(asked, "finalized"));
        started(Duration.ofSeconds(20)).resend(key(1), transaction(1, ""), List.of(TAKER), ANYBODY);

        await().until(() -> sent().size() >= 8);

        assertThat(asked(nodes.getFirst(), "getSignatureStatuses")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void sendsNoOftenerThanTheCustomerWants(int retries) {
        started(Duration.ofSeconds(20))
                .resend(key(1), transaction(1, ",\"maxRetries\":" + retries), List.of(TAKER), ANYBODY);

        await().until(() -> sent().size() == 2 * retries);
        await().during(EVERY.multipliedBy(5)).until(() -> sent().size() == 2 * retries);
    }

    @Test
    void sendsWhatTheCustomerSendsAgain() {
        var sending = started(new SubmissionProperties(SELDOM, LIFETIME, LIFETIME, 400, 10), market());
        sending.resend(key(1), transaction(1, ",\"maxRetries\":0"), List.of(TAKER), ANYBODY);
        sending.wantedAgain(key(1)); // within its first round: not again
        await().during(SELDOM.multipliedBy(2)).until(() -> sent().isEmpty());

        sending.wantedAgain(key(1));
        sending.wantedAgain(key(1));
        sending.wantedAgain(key(2));

        await().until(() -> sent().size() == 2);
        await().during(SELDOM.multipliedBy(2)).until(() -> sent().size() == 2);
    }

    @Test
    void showsItToNobodyWhomTheCustomerExcludes() {
        var excluded = List.of(new OperatorId("o1"), new OperatorId("o2"));
        started(Duration.ofSeconds(20)).resend(key(1), transaction(1, ""), List.of(TAKER), terms(excluded));

        await().until(() -> sent().size() >= 8);

        assertThat(sent(nodes.get(1))).isEmpty();
        assertThat(sent(nodes.get(2))).isEmpty();
        assertThat(sent(nodes.get(3))).isNotEmpty();
    }

    @Test
    void endsWithTheLifeOfItsBlockhash() {
        started(Duration.ofSeconds(1)).resend(key(1), transaction(1, ""), List.of(TAKER), ANYBODY);

        await().until(() -> !sent().isEmpty());
        var before = new AtomicLong();
        await().pollInterval(EVERY.multipliedBy(5)).until(() -> {
            var now = asked("").count();
            return before.getAndSet(now) == now;
        });
    }

    @Test
    void goesOnWhereNodesFailAndHoldsNothingAgainstThem() {
        var market = market();
        nodes.forEach(node -> node.says(asked -> node == nodes.get(1) ? statuses(asked, null) : Said.status(500)));
        started(Duration.ofSeconds(20), market).resend(key(1), transaction(1, ""), List.of(TAKER), ANYBODY);

        await().until(() -> sent(nodes.getFirst()).size() >= 8);

        assertThat(market.upstream(TAKER).unusable(QueryClass.SUBMIT, 1, System.nanoTime()))
                .isNull();
        assertThat(market.upstream(TAKER).queriesInFlight(QueryClass.SUBMIT)).isZero();
    }

    @Test
    void letsTheOldestGiveWay() {
        var sending = started(new SubmissionProperties(SELDOM, SELDOM, LIFETIME, 2, 10), market());
        for (var seed = 1; seed <= 3; seed++) {
            sending.resend(key(seed), withNonce(seed), List.of(TAKER), ANYBODY);
        }

        await().until(() -> sent().size() == 4);

        assertThat(sent()).noneMatch(asked -> asked.body().contains(text(withNonce(1))));
        assertThat(sent()).anyMatch(asked -> asked.body().contains(text(withNonce(2))));
        assertThat(sent()).anyMatch(asked -> asked.body().contains(text(withNonce(3))));
    }

    private Rebroadcast started(Duration lifetime) {
        return started(lifetime, market());
    }

    private Rebroadcast started(Duration lifetime, MarketView market) {
        return started(new SubmissionProperties(EVERY, lifetime, lifetime, 400, 10), market);
    }

    private Rebroadcast started(SubmissionProperties properties, MarketView market) {
        var started = new Rebroadcast(
                () -> market, new NodeClient(Duration.ofSeconds(1), 100_000, 1 << 20, log), properties, log);
        started.start();
        rebroadcast = started;
        return started;
    }

    private MarketView market() {
        var known = new Upstreams();
        var operators = new ArrayList<ListedOperator>();
        var listed = new ArrayList<ListedNode>();
        var upstreams = new HashMap<NodeId, Upstream>();
        for (var i = 0; i < nodes.size(); i++) {
            var operator = new OperatorId("o" + i);
            var node = new NodeId("n" + i);
            var offer = new Offer(new Ask(1_000, 250, 1), 990_000, 900_000);
            operators.add(new ListedOperator(operator, operator, 10_000_000_000_000L, 990_000, false));
            listed.add(new ListedNode(
                    node,
                    operator,
                    NodeState.ACTIVE,
                    990_000,
                    Map.of(QueryClass.LOOKUP, offer, QueryClass.SUBMIT, offer)));
            upstreams.put(node, known.listed(node, nodes.get(i).endpoint(), List.of("127.0.0.1"), Map.of()));
        }
        return Views.of(MarketSnapshot.of("1", operators, listed), upstreams);
    }

    private List<Asked> sent() {
        return asked("sendTransaction").toList();
    }

    private static List<Asked> sent(ScriptedNode node) {
        return asked(node, "sendTransaction").toList();
    }

    private Stream<Asked> asked(String method) {
        return nodes.stream().flatMap(node -> asked(node, method));
    }

    private static Stream<Asked> asked(ScriptedNode node, String method) {
        return node.asked().stream().filter(asked -> asked.body().contains(method));
    }

    /// @param confirmation of every signature that is asked for; null when none is known
    private static Said statuses(Asked asked, @Nullable String confirmation) {
        var status = confirmation == null
                ? "null"
                : "{\"slot\":90,\"confirmations\":null,\"err\":null,\"status\":{\"Ok\":null},\"confirmationStatus\":\""
                        + confirmation + "\"}";
        if (!asked.body().contains("getSignatureStatuses")) {
            return Said.result("\"signature\"");
        }
        var signatures = JsonMapper.shared()
                .readTree(asked.body())
                .path("params")
                .path(0)
                .size();
        return Said.result("{\"context\":{\"slot\":90},\"value\":["
                + String.join(",", Collections.nCopies(signatures, status)) + "]}");
    }

    private static SubmissionKey key(long seed) {
        return new SubmissionKey(seed, 0);
    }

    private static Transaction transaction(long seed, String config) {
        return Transactions.read(Transactions.base64(seed, config));
    }

    /// Lives longer than one on a blockhash, and is sent again once.
    private static Transaction withNonce(long seed) {
        return Transactions.read(Transactions.base64(Transactions.spendingNonce(seed), ",\"maxRetries\":1"));
    }

    private static String text(Transaction transaction) {
        return Base64.getEncoder().encodeToString(transaction.bytes());
    }

    private static Terms terms(List<OperatorId> exclude) {
        return new Terms(
                Preference.BALANCED, OptionalLong.empty(), OptionalInt.empty(), 3, 0, false, List.of(), exclude);
    }
}
