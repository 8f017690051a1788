package io.streamsync.verifier.publication;

import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.money.Asset;
import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.protocol.settlement.StakeShare;
import io.streamsync.protocol.settlement.StakeShares;
import io.streamsync.verifier.publication.EpochPage.RouterPage;
import io.streamsync.verifier.publication.EpochPage.Skips;
import io.streamsync.verifier.publication.EpochPage.Taken;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the JSON of the public interfaces; what is not of their form cannot be checked.
final class PublishedJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PublishedJson() {}

    static Settlement settlement(byte[] body, long asked) {
        return read("the settlement of epoch " + asked, body, json -> {
            var header = base64(json, "header");
            return new Settlement(
                    SettlementHeader.parse(header),
                    base64(json, "signature"),
                    base64(json, "publicKey"),
                    shown(json),
                    corrections(json));
        });
    }

    static SettlementList.ListPage list(byte[] body) {
        return read("the list of settlements", body, json -> {
            var epochs = new ArrayList<Long>();
            for (var item : json.required("items")) {
                epochs.add(item.required("epoch").asLong());
            }
            return new SettlementList.ListPage(epochs, textOrNull(json.get("nextCursor")));
        });
    }

    static StakesPage stakes(byte[] body) {
        return read("a page of stakes", body, json -> {
            var shares = new ArrayList<StakeShare>();
            for (var item : json.required("items")) {
                shares.add(new StakeShare(
                        new OperatorId(item.required("operatorId").asString()),
                        nano(Asset.STRM, item, "bonded"),
                        nano(Asset.USDC, item, "share")));
            }
            return new StakesPage(shares, textOrNull(json.get("nextCursor")));
        });
    }

    static StakeShares ordered(List<StakeShare> all) {
        try {
            return new StakeShares(all);
        } catch (IllegalArgumentException disordered) {
            throw new NotCheckableException(
                    "The stakes of a window cannot be read: " + disordered.getMessage(), disordered);
        }
    }

    static EpochPage epoch(byte[] body, long asked) {
        return read("the page of epoch " + asked, body, json -> {
            var routers = new LinkedHashMap<StreamName, RouterPage>();
            for (var router : json.required("routers")) {
                var page = router(router);
                if (routers.put(page.stream(), page) != null) {
                    throw new IllegalArgumentException("router " + page.stream() + " is there twice");
                }
            }
            if (json.required("epoch").asLong() != asked) {
                throw new IllegalArgumentException("it is that of another epoch");
            }
            return new EpochPage(asked, List.copyOf(routers.values()));
        });
    }

    static Map<String, Object> parameters(byte[] body) {
        return read(
                "a version of the parameters",
                body,
                json -> JSON.convertValue(json.required("parameters"), new TypeReference<Map<String, Object>>() {}));
    }

    static Proof proof(byte[] body) {
        return read(
                "a proof",
                body,
                json -> new Proof(
                        json.required("raceId").asString(),
                        base64(json, "leafBytes"),
                        json.required("index").asLong(),
                        json.required("leafCount").asLong(),
                        texts(json.required("path")),
                        json.required("root").asString()));
    }

    private static RouterPage router(JsonNode router) {
        var skips = new ArrayList<Skips>();
        for (var skip : router.path("skips")) {
            skips.add(new Skips(
                    skip.required("operatorId").asString(),
                    skip.required("drawn").asLong(),
                    skip.required("skipped").asLong()));
        }
        return new RouterPage(
                new StreamName(
                        router.required("routerId").asInt(),
                        router.required("incarnation").asInt()),
                router.required("commitment").asString(),
                textOrNull(router.get("secret")),
                taken(router),
                skips);
    }

    private static List<Taken> taken(JsonNode router) {
        var taken = new ArrayList<Taken>();
        for (var one : router.path("taken")) {
            taken.add(new Taken(
                    one.required("snapshot").asString(),
                    instant(one.required("takenAt").asString())));
        }
        if (taken.isEmpty()) {
            texts(router.path("snapshots")).forEach(snapshot -> taken.add(new Taken(snapshot, null)));
        }
        return taken;
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException garbage) {
            throw new IllegalArgumentException("not a time: " + text, garbage);
        }
    }

    private static Corrections corrections(JsonNode json) {
        var first = new ArrayList<Correction>();
        for (var correction : json.path("corrections")) {
            first.add(new Correction(
                    correction.required("raceId").asString(),
                    correction.required("window").asLong()));
        }
        return new Corrections(json.path("correctionCount").asLong(first.size()), first);
    }

    /// What is shown of the header, as one text per name.
    private static Map<String, String> shown(JsonNode json) {
        var shown = new HashMap<String, String>();
        for (var name : List.of(
                "epoch",
                "leafCount",
                "root",
                "previous",
                "hash",
                "stakersShare",
                "stakersCarried",
                "stakesRoot",
                "parametersVersion")) {
            var value = json.get(name);
            if (value != null && !value.isNull()) {
                shown.put(name, value.asString());
            }
        }
        shown.put("ranges", ranges(json.required("ranges")));
        for (var sum : json.required("sums").properties()) {
            if (sum.getValue().isValueNode()) {
                shown.put("sums." + sum.getKey(), sum.getValue().asString());
            }
        }
        return shown;
    }

    private static String ranges(JsonNode ranges) {
        var text = new StringBuilder();
        for (var range : ranges) {
            text.append(range.required("routerId").asInt())
                    .append('/')
                    .append(range.required("incarnation").asInt())
                    .append(' ')
                    .append(range.required("from").asLong())
                    .append('-')
                    .append(range.required("to").asLong())
                    .append(' ');
        }
        return text.toString().strip();
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        for (var text : array) {
            texts.add(text.asString());
        }
        return texts;
    }

    private static @Nullable String textOrNull(@Nullable JsonNode node) {
        return node == null || node.isNull() ? null : node.asString();
    }

    private static long nano(Asset asset, JsonNode json, String name) {
        return Amount.parse(asset, json.required(name).asString()).nanoUnits();
    }

    private static byte[] base64(JsonNode json, String name) {
        return Base64.getDecoder().decode(json.required(name).asString());
    }

    private static <T> T read(String what, byte[] body, Reading<T> reading) {
        try {
            return reading.of(JSON.readTree(body));
        } catch (JacksonException | IllegalArgumentException garbage) {
            throw new NotCheckableException(
                    "What is published as " + what + " cannot be read: " + firstLine(garbage), garbage);
        }
    }

    private static String firstLine(Exception garbage) {
        return String.valueOf(garbage.getMessage()).lines().findFirst().orElse("no reason");
    }

    /// @param next the cursor of the page after; null on the last one
    record StakesPage(List<StakeShare> shares, @Nullable String next) {}

    @FunctionalInterface
    private interface Reading<T> {

        T of(JsonNode json);
    }
}
