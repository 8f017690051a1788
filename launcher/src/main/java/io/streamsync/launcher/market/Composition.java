package io.streamsync.launcher.market;

import io.streamsync.launcher.installation.Installation;
import io.streamsync.launcher.installation.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What a market consists of, written down at its start so that other commands know what should be there.
public record Composition(int portBase, int edgePort, int routers, String phase) {

    private static final JsonMapper JSON = JsonMapper.shared();

    public Ports ports() {
        return new Ports(portBase, edgePort);
    }

    /// Names of the routers' processes, `router-1` first.
    public Stream<String> routerNames() {
        return IntStream.range(0, routers).mapToObj(Composition::routerName);
    }

    static String routerName(int router) {
        return "router-" + (router + 1);
    }

    public String url() {
        return ports().edgeUrl(0);
    }

    public String webSocketUrl() {
        return "ws://127.0.0.1:" + ports().webSocket(0);
    }

    /// That of the market that runs or should run here; none after an orderly stop.
    public static Optional<Composition> read(Installation installation) {
        try {
            var file = file(installation);
            return Files.exists(file)
                    ? Optional.of(JSON.readValue(Files.readString(file), Composition.class))
                    : Optional.empty();
        } catch (IOException | JacksonException unreadable) {
            return Optional.empty();
        }
    }

    void write(Installation installation) {
        try {
            Files.writeString(file(installation), JSON.writeValueAsString(this));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void remove(Installation installation) {
        try {
            Files.deleteIfExists(file(installation));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(Installation installation) {
        return installation.run().resolve("market.json");
    }
}
