package io.streamsync.benchmarks;

import io.streamsync.benchmarks.load.Load;
import io.streamsync.benchmarks.machine.Child;
import io.streamsync.benchmarks.market.Market;
import io.streamsync.benchmarks.node.ScriptedNodes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// What stands beside the router, on ports of its own from 20500 on: the nodes, a plain Gateway and nginx before the
/// first of them.
final class Course implements AutoCloseable {

    static final String QUERY = "getAccountInfo";

    private static final int NODES = 8;
    private static final int FIRST_PORT = Integer.getInteger("benchmarks.port", 20_500);
    private static final int FIRST_NODE = FIRST_PORT + 300;
    private static final int GATEWAY = FIRST_PORT + 290;
    private static final int NGINX = FIRST_PORT + 291;
    private static final Path TARGET = Path.of("benchmarks", "target");

    private final Child nodes;
    private final Child gateway;
    private final Optional<Child> nginx;

    private Course(Child nodes, Child gateway, Optional<Child> nginx) {
        this.nodes = nodes;
        this.gateway = gateway;
        this.nginx = nginx;
    }

    static Course prepare() throws IOException {
        var nodes = Child.java(
                ScriptedNodes.class,
                FIRST_NODE,
                List.of(),
                List.of(Integer.toString(FIRST_NODE), Integer.toString(NODES)),
                TARGET.resolve("nodes.log"));
        var loops = "-Dreactor.netty.ioWorkerCount="
                + Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
        var gateway = Child.java(
                PlainGateway.class,
                GATEWAY,
                // as many loops as the router: its default of four costs a plain route a good part of its speed on two
                List.of(loops),
                List.of(Integer.toString(GATEWAY), "http://127.0.0.1:" + FIRST_NODE),
                TARGET.resolve("gateway.log"));
        return new Course(nodes, gateway, Nginx.start(NGINX, FIRST_NODE, TARGET.resolve("nginx")));
    }

    /// A market of these nodes.
    Market market(int checkingPlaces) throws IOException, InterruptedException {
        var ports = IntStream.range(FIRST_NODE, FIRST_NODE + NODES).boxed().toList();
        return Market.start(TARGET.resolve("market"), FIRST_PORT, checkingPlaces, ports);
    }

    Contestant direct() {
        return new Contestant("direct to a node", load(FIRST_NODE), null, false, Contestant.NOTHING_BEHIND);
    }

    Contestant plainGateway() {
        return new Contestant(
                "Gateway route to a node", load(GATEWAY), gateway.handle(), true, Contestant.NOTHING_BEHIND);
    }

    /// Those that are no market.
    List<Contestant> proxies() {
        var contestants = new ArrayList<>(List.of(direct()));
        nginx.ifPresent(process -> contestants.add(
                new Contestant("nginx to a node", load(NGINX), process.handle(), false, Contestant.NOTHING_BEHIND)));
        return List.copyOf(contestants);
    }

    static Contestant router(Market market, int racers, int checkers) {
        var name = "router, " + racers + " racing + " + checkers + " checking";
        return new Contestant(name, market.load(QUERY, racers), market.router(), true, () -> {
            var held = market.holdServices();
            return held::close;
        });
    }

    /// Of all nodes, or how long their large answers are.
    void behave(String wish) throws InterruptedException {
        for (var port = FIRST_NODE; port < FIRST_NODE + NODES; port++) {
            control(port, wish);
        }
    }

    @Override
    public void close() {
        nginx.ifPresent(Child::close);
        gateway.close();
        nodes.close();
    }

    private static void control(int port, String wish) throws InterruptedException {
        try (var http = java.net.http.HttpClient.newHttpClient()) {
            var request = java.net.http.HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/control"))
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString(wish))
                    .build();
            http.send(request, java.net.http.HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Load load(int port) {
        return new Load(URI.create("http://127.0.0.1:" + port + "/"), Map.of(), QUERY);
    }
}
