package io.streamsync.launcher.installation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Who listens where, all on the loopback address: the edge on a port of its own, the rest in a block from `base`.
///
/// @param base first port of the block, `--port-base`
/// @param edge of the first router, `STREAMSYNC_PORT`; the port after it is the edge's WebSocket port
public record Ports(int base, int edge) {

    public static final int DEFAULT_BASE = 18_000;
    public static final int DEFAULT_EDGE = 8080;

    /// The edges of further routers lie between `base + 20` and their management ports at `base + 40`.
    public static final int MOST_ROUTERS = 11;

    private static final int BLOCK = 200;
    private static final int FIRST_UNPRIVILEGED = 1024;
    private static final int LAST = 65_535;

    public Ports {
        if (base < FIRST_UNPRIVILEGED || base + BLOCK - 1 > LAST) {
            throw new Obstacle("--port-base must lie between " + FIRST_UNPRIVILEGED + " and " + (LAST - BLOCK + 1)
                    + ", it is " + base);
        }
        if (edge < 1 || edge >= LAST) {
            throw new Obstacle("STREAMSYNC_PORT must lie between 1 and " + (LAST - 1) + ", it is " + edge);
        }
        if (edge + 1 >= base && edge < base + BLOCK) {
            throw new Obstacle("STREAMSYNC_PORT " + edge + " or the WebSocket port after it lies in the block " + base
                    + "-" + (base + BLOCK - 1) + " of --port-base: choose another");
        }
    }

    public int postgres() {
        return base;
    }

    public int kafka() {
        return base + 1;
    }

    public int kafkaController() {
        return base + 2;
    }

    public int billing() {
        return base + 10;
    }

    public int reputation() {
        return base + 11;
    }

    public int onboarding() {
        return base + 12;
    }

    /// @param router counted from 0
    public int edge(int router) {
        return router == 0 ? edge : base + 20 + 2 * (router - 1);
    }

    public int webSocket(int router) {
        return edge(router) + 1;
    }

    /// Actuator and `/internal` of a router, which are not on the edge.
    public int management(int router) {
        return base + 40 + router;
    }

    /// What orders devnet's transactions.
    public int sequencer() {
        return base + 98;
    }

    /// A node of devnet; its WebSocket is on the port after it.
    ///
    /// @param index counted from 0
    public int node(int index) {
        return base + 100 + 2 * index;
    }

    public String edgeUrl(int router) {
        return "http://127.0.0.1:" + edge(router);
    }

    /// Every port that the market itself listens on, in the order of the start.
    public List<Use> uses(int routers) {
        var uses = new ArrayList<>(List.of(
                new Use(postgres(), "PostgreSQL"),
                new Use(kafka(), "Kafka"),
                new Use(kafkaController(), "Kafka's controller"),
                new Use(billing(), "billing"),
                new Use(reputation(), "reputation"),
                new Use(onboarding(), "operator-onboarding")));
        IntStream.range(0, routers).forEach(router -> {
            uses.add(new Use(edge(router), "the edge"));
            uses.add(new Use(webSocket(router), "the edge's WebSocket"));
            uses.add(new Use(management(router), "a router's management"));
        });
        return List.copyOf(uses);
    }

    /// A port and what listens there, in the words of an error line.
    public record Use(int port, String of) {}
}
