package io.streamsync.verifier;

import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.money.Asset;
import io.streamsync.verifier.check.Receipt;
import io.streamsync.verifier.publication.NotCheckableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A customer's file of receipts: a line of JSON per race, `{"raceId","price","operatorId","receiptHash"}`, all but the
/// first optional. `price` is what was charged, as in the header `X-StreamSync-Price`.
final class Receipts {

    private static final JsonMapper JSON = JsonMapper.builder().build();

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
            var price = text(json, "price");
            return new Receipt(
                    json.required("raceId").asString(),
                    price == null ? null : Amount.parse(Asset.USDC, price).nanoUnits(),
                    text(json, "operatorId"),
                    text(json, "receiptHash"));
        } catch (JacksonException | IllegalArgumentException garbage) {
            throw new NotCheckableException(
                    where + " is no receipt such as {\"raceId\":\"…\",\"price\":\"0.000004\"}", garbage);
        }
    }

    private static @Nullable String text(JsonNode json, String name) {
        var value = json.get(name);
        return value == null || value.isNull() ? null : value.asString();
    }
}
