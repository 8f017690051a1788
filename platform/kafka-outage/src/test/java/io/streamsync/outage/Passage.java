package io.streamsync.outage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Another address of a broker, open for as long as a test likes.
record Passage(ServerSocket door, List<Socket> sockets) implements AutoCloseable {

    static Passage open(InetSocketAddress from, String to) throws IOException {
        var passage = new Passage(new ServerSocket(), new CopyOnWriteArrayList<>());
        passage.door.bind(from);
        var colon = to.lastIndexOf(':');
        Thread.ofVirtual()
                .start(() -> passage.serve(to.substring(0, colon), Integer.parseInt(to.substring(colon + 1))));
        return passage;
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (var socket : sockets) {
            socket.close();
        }
    }

    private void serve(String host, int port) {
        try {
            while (!door.isClosed()) {
                var client = door.accept();
                var broker = new Socket(host, port);
                sockets.addAll(List.of(client, broker));
                Thread.ofVirtual().start(() -> carry(client, broker));
                Thread.ofVirtual().start(() -> carry(broker, client));
            }
        } catch (IOException e) {
            if (!door.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void carry(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException closed) {
            // the other direction, or the test, has ended
        }
    }
}
