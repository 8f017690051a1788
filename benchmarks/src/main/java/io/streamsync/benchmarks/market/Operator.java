package io.streamsync.benchmarks.market;

import java.time.Duration;
import java.util.Set;

/// Makes a scripted node an operator's, by the steps that any operator takes.
record Operator(Api session, String path) {

    private static final String STAKE = "20000";
    private static final Set<String> ADMITTED = Set.of("PROBATION", "ACTIVE");
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int CHECK_AGAIN = 25;
    private static final int MOST_POLLS = 600;

    static void enrol(Api api, String name, String endpoint) throws InterruptedException {
        var wallet = Wallet.generate();
        var session = wallet.signIn(api);
        var id = session.post(
                        "/v1/operators", "{\"name\":\"" + name + "\",\"payoutAddress\":\"" + wallet.address() + "\"}")
                .path("operatorId")
                .asString();
        new Api(endpoint, "").post("/control", "operator " + id);
        new Operator(session, "/v1/operators/" + id).list(endpoint);
    }

    private void list(String endpoint) throws InterruptedException {
        session.post(path + "/stake/deposits", "{\"amount\":\"" + STAKE + "\",\"rail\":\"sandbox\"}");
        var node = path + "/nodes/"
                + session.post(path + "/nodes", "{\"endpoint\":\"" + endpoint + "\"}")
                        .path("nodeId")
                        .asString();
        session.put(node + "/asks/lookup", ask("0.000001"));
        session.put(node + "/asks/scan", ask("0.01"));
        for (var polls = 1; !ADMITTED.contains(session.get(node).path("state").asString("")); polls++) {
            if (polls == MOST_POLLS) {
                throw new IllegalStateException("not admitted: " + session.get(node + "/checks"));
            }
            if (polls % CHECK_AGAIN == 0) {
                session.post(node + "/checks", "{}");
            }
            Thread.sleep(POLL);
        }
    }

    private static String ask(String price) {
        return "{\"price\":\"" + price + "\",\"maxLatencyMs\":1000,\"capacity\":100000}";
    }
}
