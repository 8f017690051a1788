package io.streamsync.launcher.market;

import io.streamsync.launcher.installation.Obstacle;
import io.streamsync.launcher.installation.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Finds out before anything starts whether somebody else listens where the market wants to.
final class FreePorts {

    private FreePorts() {}

    /// @throws Obstacle naming the first port that is taken
    static void check(Ports ports, int routers) {
        for (var use : ports.uses(routers)) {
            if (!isFree(use.port())) {
                var other = use.port() == ports.edge() || use.port() == ports.webSocket(0)
                        ? "STREAMSYNC_PORT"
                        : "--port-base";
                throw new Obstacle("port " + use.port() + " (" + use.of() + ") is in use by another process:"
                        + " choose another with " + other);
            }
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
