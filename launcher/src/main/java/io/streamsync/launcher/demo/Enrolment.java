package io.streamsync.launcher.demo;

import io.streamsync.launcher.installation.Obstacle;
import io.streamsync.launcher.process.Pause;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.money.Asset;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Makes one of devnet's operators an operator of the market, by the steps that any operator takes.
final class Enrolment {

    /// Above the minimum, so that one slash does not delist an operator.
    private static final long TIMES_THE_MINIMUM = 2;

    /// Several rounds of checks on a busy machine.
    private static final Duration CHECKS_LIMIT = Duration.ofSeconds(90);

    /// An operator who waits so long has the checks run now rather than by themselves.
    private static final Duration CHECK_AGAIN = Duration.ofSeconds(6);

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Set<String> ADMITTED = Set.of("PROBATION", "ACTIVE");

    private final Api api;
    private final DevnetPlan.Operator plan;
    private final List<DevnetNode> nodes;
    private final Wallet wallet;

    /// @param api without a token
    Enrolment(Api api, DevnetPlan.Operator plan, Wallet wallet, List<DevnetNode> nodes) {
        this.api = api;
        this.plan = plan;
        this.nodes = nodes;
        this.wallet = wallet;
    }

    Enrolled run() {
        var session = api.as(wallet.signIn(api));
        var operatorId = register(session);
        var path = "/v1/operators/" + operatorId;
        var stake = stake(session, path);
        var listed = nodes.stream()
                .map(node -> list(session, path, operatorId, node))
                .toList();
        listed.forEach(node -> awaitAdmission(session, path + "/nodes/" + node.nodeId()));
        var part = plan.part() == null ? "" : plan.part();
        return new Enrolled(operatorId, plan.name(), part, stake, session, listed);
    }

    private String register(Api session) {
        var wish = Map.of("name", plan.name(), "payoutAddress", wallet.address(), "website", plan.website());
        return session.post("/v1/operators", wish).path("operatorId").asString();
    }

    /// @return what is bonded now
    private Amount stake(Api session, String path) {
        var minimum = strm(session.get(path + "/stake").path("minimum"));
        var amount = Amount.strm(Math.multiplyExact(minimum.nanoUnits(), TIMES_THE_MINIMUM));
        session.post(path + "/stake/deposits", Map.of("amount", amount.decimal(), "rail", "sandbox"));
        return strm(session.get(path + "/stake").path("bonded"));
    }

    private Enrolled.Node list(Api session, String path, String operatorId, DevnetNode node) {
        node.belongTo(operatorId);
        var wish = Map.of("endpoint", node.endpoint(), "region", plan.region());
        var nodeId = session.post(path + "/nodes", wish).path("nodeId").asString();
        node.asks().forEach((queryClass, ask) -> session.put(path + "/nodes/" + nodeId + "/asks/" + queryClass, ask));
        return new Enrolled.Node(nodeId, node);
    }

    private void awaitAdmission(Api session, String path) {
        var started = System.nanoTime();
        var rounds = 0;
        while (!ADMITTED.contains(session.get(path).path("state").asString(""))) {
            var waited = Duration.ofNanos(System.nanoTime() - started);
            if (waited.compareTo(CHECKS_LIMIT) > 0) {
                throw new Obstacle("a node of " + plan.name() + " was not admitted within " + CHECKS_LIMIT.toSeconds()
                        + " s: " + openChecks(session, path));
            }
            if (waited.compareTo(CHECK_AGAIN.multipliedBy(rounds + 1L)) > 0) {
                // Whether it is refused because another round runs does not matter: the state tells.
                session.answer("POST", path + "/checks", Map.of());
                rounds++;
            }
            Pause.sleep(POLL);
        }
    }

    private static String openChecks(Api session, String path) {
        return session.get(path + "/checks")
                .path("items")
                .valueStream()
                .filter(check -> !check.path("outcome").asString("").equals("PASSED"))
                .map(check -> "%s %s (%s)"
                        .formatted(
                                check.path("check").asString(""),
                                check.path("outcome").asString(""),
                                check.path("detail").asString("")))
                .collect(Collectors.joining(", "));
    }

    private static Amount strm(JsonNode decimal) {
        return Amount.parse(Asset.STRM, decimal.asString("0"));
    }
}
