package io.streamsync.verifier;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.settlement.Leaf;
import io.streamsync.protocol.settlement.StakeShares;
import io.streamsync.verifier.publication.EpochPage;
import io.streamsync.verifier.publication.Proof;
import io.streamsync.verifier.publication.Settlement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Serves what is published in the form of the public interfaces; a path may be answered with anything else.
final class PublishedPages implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern PATH = Pattern.compile(
            "/v1/(settlements|epochs|snapshots|parameters)/([^/?]+)(?:/(leaves|proofs|stakes))?(?:/([^/?]+))?(?:\\?(?:from=(\\d+)&)?limit=(\\d+)(?:&cursor=([^&]+))?)?");
    private static final int NOT_FOUND = 404;
    private static final int OK = 200;

    final Map<String, Odd> odd = new LinkedHashMap<>();
    private final Published published;
    private final HttpServer server;

    PublishedPages(Published published) {
        this.published = published;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException("no port of this machine can be had", e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// Something else than the page.
    @FunctionalInterface
    interface Odd {

        void answer(HttpExchange exchange) throws IOException;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var uri = exchange.getRequestURI().toString();
        for (var entry : odd.entrySet()) {
            if (uri.startsWith(entry.getKey())) {
                entry.getValue().answer(exchange);
                return;
            }
        }
        if (uri.startsWith("/v1/settlements?")) {
            send(exchange, Optional.of(list(uri)));
            return;
        }
        var path = PATH.matcher(uri);
        send(exchange, path.matches() ? page(path) : Optional.empty());
    }

    static void send(HttpExchange exchange, Optional<byte[]> body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(
                    body.isPresent() ? OK : NOT_FOUND,
                    body.map(bytes -> bytes.length).orElse(-1));
            if (body.isPresent()) {
                exchange.getResponseBody().write(body.get());
            }
        }
    }

    private Optional<byte[]> page(Matcher path) {
        var name = path.group(2);
        return switch (path.group(1)) {
            case "snapshots" -> published.snapshot(name);
            case "parameters" ->
                published
                        .parameters(name)
                        .map(values -> JSON.writeValueAsBytes(Map.of("version", name, "parameters", values)));
            case "epochs" -> published.epoch(Long.parseLong(name)).map(PublishedPages::json);
            default -> settlement(path, Long.parseLong(name));
        };
    }

    /// However many are asked for, one per page: the cursor is the epoch shown last.
    private byte[] list(String uri) {
        var cursor = uri.indexOf("&cursor=");
        var shown = cursor < 0
                ? published.settlements.lastEntry()
                : published.settlements.lowerEntry(Long.parseLong(uri.substring(cursor + "&cursor=".length())));
        var last = shown == null || shown.getKey().equals(published.settlements.firstKey());
        var page = new LinkedHashMap<String, @Nullable Object>();
        page.put("items", shown == null ? List.of() : List.of(Map.of("epoch", shown.getKey())));
        page.put("nextCursor", last || shown == null ? null : shown.getKey().toString());
        return JSON.writeValueAsBytes(page);
    }

    private Optional<byte[]> settlement(Matcher path, long epoch) {
        return switch (path.group(3)) {
            case "leaves" ->
                Optional.of(leaves(
                        published.leaves.getOrDefault(epoch, List.of()),
                        Integer.parseInt(path.group(5)),
                        Integer.parseInt(path.group(6))));
            case "proofs" -> published.proof(epoch, path.group(4)).map(PublishedPages::json);
            case "stakes" ->
                published.settlement(epoch).flatMap(published::stakes).map(all -> json(all, path.group(7)));
            case null, default -> published.settlement(epoch).map(PublishedPages::json);
        };
    }

    private static byte[] leaves(List<Leaf> leaves, int from, int limit) {
        var page = new ByteArrayOutputStream();
        leaves.stream().skip(from).limit(limit).forEach(leaf -> page.writeBytes(leaf.encode()));
        return page.toByteArray();
    }

    /// However many are asked for, four per page: the cursor is the operator shown last.
    private static byte[] json(StakeShares shares, @Nullable String cursor) {
        var left = shares.all().stream()
                .filter(share -> cursor == null || share.operatorId().value().compareTo(cursor) > 0)
                .toList();
        var shown = left.subList(0, Math.min(4, left.size()));
        var page = new LinkedHashMap<String, @Nullable Object>();
        page.put(
                "items",
                shown.stream()
                        .map(share -> Map.of(
                                "operatorId",
                                share.operatorId().value(),
                                "bonded",
                                Amount.decimal(share.bonded()),
                                "share",
                                Amount.decimal(share.share())))
                        .toList());
        page.put(
                "nextCursor",
                shown.size() < left.size() ? shown.getLast().operatorId().value() : null);
        return JSON.writeValueAsBytes(page);
    }

    private static byte[] json(Proof proof) {
        return JSON.writeValueAsBytes(Map.of(
                "raceId",
                proof.raceId(),
                "leafBytes",
                Base64.getEncoder().encodeToString(proof.leafBytes()),
                "index",
                proof.index(),
                "leafCount",
                proof.leafCount(),
                "path",
                proof.path(),
                "root",
                proof.root()));
    }

    private static byte[] json(EpochPage page) {
        return JSON.writeValueAsBytes(Map.of(
                "epoch",
                page.epoch(),
                "routers",
                page.routers().stream()
                        .map(router -> {
                            var json = new LinkedHashMap<String, @Nullable Object>();
                            json.put("routerId", router.stream().router());
                            json.put("incarnation", router.stream().incarnation());
                            json.put("commitment", router.commitment());
                            json.put("secret", router.secret());
                            json.put("snapshots", router.snapshots());
                            json.put(
                                    "taken",
                                    router.taken().stream()
                                            .filter(one -> one.at() != null)
                                            .map(one -> Map.of(
                                                    "snapshot", one.snapshot(), "takenAt", String.valueOf(one.at())))
                                            .toList());
                            json.put("skips", router.skips());
                            return json;
                        })
                        .toList()));
    }

    private static byte[] json(Settlement settlement) {
        var header = settlement.header();
        var sums = header.sums();
        var json = new LinkedHashMap<String, Object>();
        json.put("epoch", header.epoch());
        json.put("leafCount", header.leafCount());
        json.put("root", header.root());
        json.put("previous", header.previous());
        json.put("hash", header.hash());
        json.put(
                "ranges",
                header.ranges().stream()
                        .map(range -> Map.of(
                                "routerId",
                                range.router(),
                                "incarnation",
                                range.incarnation(),
                                "from",
                                range.from(),
                                "to",
                                range.to()))
                        .toList());
        json.put(
                "sums",
                Map.of(
                        "charged", Amount.decimal(sums.charged()),
                        "refunded", Amount.decimal(sums.refunded()),
                        "operators", Amount.decimal(sums.operators()),
                        "verifiers", Amount.decimal(sums.verifiers()),
                        "stakers", Amount.decimal(sums.stakers()),
                        "treasury", Amount.decimal(sums.treasury()),
                        "insurance", Amount.decimal(sums.insurance())));
        json.put("stakersShare", Amount.decimal(header.stakersShare()));
        var sharedOut = header.sharedOut();
        if (sharedOut != null) {
            json.put("stakersCarried", Amount.decimal(sharedOut.carried()));
            json.put("stakesRoot", sharedOut.stakesRoot());
        }
        json.put("parametersVersion", header.parametersVersions().getFirst());
        json.put("corrections", settlement.corrections().first());
        json.put("correctionCount", settlement.corrections().count());
        json.put("header", header.base64());
        json.put("signature", Base64.getEncoder().encodeToString(settlement.signature()));
        json.put("publicKey", Base64.getEncoder().encodeToString(settlement.publicKey()));
        return JSON.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
    }
}
