package io.streamsync.onboarding;

import io.streamsync.onboarding.identity.Base58;
import java.util.HashMap;
import java.util.Map;

/// Somebody who becomes an operator, step by step.
public class Applicant {

    public static final String MINIMUM_STAKE = "10000";

    private final Portal portal;
    private final TestWallet wallet;
    private String token = "";
    private String operatorId = "";

    Applicant(Portal portal, TestWallet wallet) {
        this.portal = portal;
        this.wallet = wallet;
    }

    public TestWallet wallet() {
        return wallet;
    }

    public String token() {
        return token;
    }

    public String operatorId() {
        return operatorId;
    }

    public Applicant signedIn() {
        var challenge = portal.post("/v1/auth/challenges", null, Map.of("wallet", wallet.address()))
                .as(201);
        var message = challenge.text("message");
        var signed = Map.of(
                "wallet", wallet.address(), "message", message, "signature", Base58.encode(wallet.sign(message)));
        token = portal.post("/v1/auth/sessions", null, signed).as(201).text("token");
        return this;
    }

    public Applicant registered() {
        return registered(wallet.address());
    }

    public Applicant registered(String payoutAddress) {
        signedIn();
        var request = Map.of("name", "Operator " + wallet.address().substring(0, 6), "payoutAddress", payoutAddress);
        operatorId = portal.post("/v1/operators", token, request).as(201).text("operatorId");
        return this;
    }

    public Applicant staked() {
        return staked(wallet.address());
    }

    public Applicant staked(String payoutAddress) {
        registered(payoutAddress);
        deposit(MINIMUM_STAKE).as(201);
        return this;
    }

    public Reply deposit(String amount) {
        return post("/stake/deposits", Map.of("amount", amount, "rail", "sandbox"));
    }

    public Reply unbond(String amount) {
        return post("/stake/unbondings", Map.of("amount", amount));
    }

    public Reply withdraw(String amount) {
        return post("/stake/withdrawals", Map.of("amount", amount, "destination", wallet.address()));
    }

    /// Wants to be in this state.
    public Reply wish(String state) {
        return patch("", Map.of("state", state));
    }

    /// Lists a node, which says that it is this operator's.
    public String list(ScriptedNode node) {
        node.says(operatorId);
        return post("/nodes", Map.of("endpoint", node.url())).as(201).text("nodeId");
    }

    public Reply ask(String nodeId, String queryClass, String price) {
        var ask = Map.of("price", price, "maxLatencyMs", 50, "capacity", 200);
        return portal.send("PUT", path("/nodes/" + nodeId + "/asks/" + queryClass), token, ask, Map.of());
    }

    public String state() {
        return get("").as(200).text("state");
    }

    public String stateOf(String nodeId) {
        return get("/nodes/" + nodeId).as(200).text("state");
    }

    /// Outcome by check.
    public Map<String, String> checks(String nodeId) {
        var outcomes = new HashMap<String, String>();
        get("/nodes/" + nodeId + "/checks")
                .as(200)
                .items()
                .forEach(item -> outcomes.put(
                        item.path("check").asString(), item.path("outcome").asString()));
        return outcomes;
    }

    public Reply get(String path) {
        return portal.get(path(path), token);
    }

    public Reply post(String path, Object body) {
        return portal.post(path(path), token, body);
    }

    public Reply patch(String path, Object body) {
        return portal.send("PATCH", path(path), token, body, Map.of());
    }

    public Reply delete(String path) {
        return portal.delete(path(path), token);
    }

    public String path(String path) {
        return "/v1/operators/" + operatorId + path;
    }
}
