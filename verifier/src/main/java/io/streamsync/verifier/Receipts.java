package io.streamsync.verifier;

import io.streamsync.protocol.draw.Preference;
import io.streamsync.protocol.draw.WrittenTerms;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.money.Asset;
import io.streamsync.verifier.check.AskedCall;
import io.streamsync.verifier.check.Receipt;
import io.streamsync.verifier.check.Wishes;
import io.streamsync.verifier.publication.NotCheckableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A customer's file of receipts: a line of JSON per race, `{"raceId","price","operatorId","nodeId","sla","latency",
/// "receiptHash","method","params","wishes"}`, all but the first optional, written as in the headers: see
/// `docs/verification.md`.
final class Receipts {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Milliseconds with decimals, as in `X-StreamSync-Latency`.
    private static final Pattern MILLIS = Pattern.compile("(\\d{1,12})\\.(\\d{3})");

    private static final Pattern SLOT = Pattern.compile("\\d{1,18}");

    private static final Set<String> WISHES =
            Set.of("prefer", "maxPrice", "maxLatency", "racers", "verify", "operators", "excludeOperators", "minSlot");

    private Receipts() {}

    static List<Receipt> read(Path file) {
        try {
            var lines = Files.readAllLines(file);
            var receipts = new ArrayList<Receipt>();
            for (var i = 0; i < lines.size(); i++) {
                if (!lines.get(i).isBlank()) {
                    receipts.add(receipt(lines.get(i), file + ", line " + (i + 1)));
                }
            }
            return receipts;
        } catch (IOException e) {
            throw new NotCheckableException("The receipts cannot be read: " + e, e);
        }
    }

    private static Receipt receipt(String line, String where) {
        try {
            var json = JSON.readTree(line);
            return new Receipt(
                    json.required("raceId").asString(),
                    value(json, "price")
                            .map(price -> Amount.parse(Asset.USDC, price).nanoUnits())
                            .orElse(null),
                    text(json, "operatorId"),
                    text(json, "receiptHash"),
                    text(json, "nodeId"),
                    value(json, "sla").map(Receipts::sla).orElse(null),
                    value(json, "latency").map(Receipts::micros).orElse(null),
                    value(json, "method")
                            .map(method -> new AskedCall(method, params(json)))
                            .orElse(null),
                    json.hasNonNull("wishes") ? wishes(json.required("wishes")) : null);
        } catch (JacksonException | IllegalArgumentException garbage) {
            throw new NotCheckableException(
                    where + " is no receipt such as {\"raceId\":\"…\",\"price\":\"0.000004\"}: "
                            + String.valueOf(garbage.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse("no reason"),
                    garbage);
        }
    }

    private static Receipt.Sla sla(String text) {
        return Arrays.stream(Receipt.Sla.values())
                .filter(sla -> sla.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("sla: met, missed or none"));
    }

    private static long micros(String millis) {
        var match = MILLIS.matcher(millis);
        if (!match.matches()) {
            throw new IllegalArgumentException("latency: milliseconds such as 12.345");
        }
        return Long.parseLong(match.group(1)) * 1_000 + Long.parseLong(match.group(2));
    }

    /// As text: what a program reads and writes again may have other bytes.
    private static @Nullable String params(JsonNode json) {
        var params = json.get("params");
        if (params == null) {
            return null;
        }
        if (!params.isString()) {
            throw new IllegalArgumentException("params: a string of what was sent, empty where there were none");
        }
        var text = params.asString().strip();
        return text.equals("null") ? "" : text;
    }

    private static Wishes wishes(JsonNode json) {
        var unknown = json.propertyNames().stream()
                .filter(name -> !WISHES.contains(name))
                .findFirst();
        if (!json.isObject() || unknown.isPresent()) {
            throw new IllegalArgumentException(
                    "wishes: " + WISHES.stream().sorted().toList());
        }
        return new Wishes(
                value(json, "prefer").map(WrittenTerms::preference).orElse(Preference.BALANCED),
                value(json, "maxPrice")
                        .map(text -> OptionalLong.of(WrittenTerms.price(text)))
                        .orElse(OptionalLong.empty()),
                value(json, "maxLatency")
                        .map(text -> OptionalInt.of(WrittenTerms.latencyMillis(text)))
                        .orElse(OptionalInt.empty()),
                value(json, "racers").map(WrittenTerms::racers).orElse(null),
                value(json, "verify").map(WrittenTerms::quorum).orElse(false),
                operators(json, "operators"),
                operators(json, "excludeOperators"),
                value(json, "minSlot").map(Receipts::slot).orElse(-1L));
    }

    private static List<OperatorId> operators(JsonNode json, String name) {
        return value(json, name).map(WrittenTerms::operators).orElse(List.of());
    }

    private static long slot(String text) {
        if (!SLOT.matcher(text).matches()) {
            throw new IllegalArgumentException("minSlot: a slot number");
        }
        return Long.parseLong(text);
    }

    private static Optional<String> value(JsonNode json, String name) {
        return Optional.ofNullable(text(json, name));
    }

    private static @Nullable String text(JsonNode json, String name) {
        var value = json.get(name);
        return value == null || value.isNull() ? null : value.asString();
    }
}
