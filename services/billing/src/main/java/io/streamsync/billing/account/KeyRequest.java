package io.streamsync.billing.account;

import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.draw.WrittenTerms;
import io.streamsync.protocol.market.OperatorId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A wish for a key's terms, as it came in: what it names is set, null removes, the rest stays as it was. A field
/// that no key has is refused, because a limit misspelt must not become none.
final class KeyRequest {

    private static final int LONGEST_NAME = 64;

    /// More than a router holds: a limit above it limits nothing.
    private static final long MOST_SOCKETS = 100_000;

    private final ObjectNode given;
    private final List<String> known = new ArrayList<>();
    private final Map<String, String> errors = new LinkedHashMap<>();

    private KeyRequest(ObjectNode given) {
        this.given = given;
    }

    /// The terms of a new key.
    static KeyTerms issued(ObjectNode given) {
        var request = new KeyRequest(given);
        var scope = request.read("scope", null, node -> scope(text(node)));
        return request.checked(request.over(KeyTerms.unlimited("", Objects.requireNonNullElse(scope, Scope.QUERY))));
    }

    /// The terms as they are after the wish.
    static KeyTerms changed(ObjectNode given, KeyTerms before) {
        var request = new KeyRequest(given);
        return request.checked(request.over(before));
    }

    private KeyTerms over(KeyTerms before) {
        return new KeyTerms(
                Objects.requireNonNullElse(read("name", before.name(), node -> name(text(node))), ""),
                before.scope(),
                limits(before.limits()),
                choice(before.choice()));
    }

    private KeyLimits limits(KeyLimits before) {
        return new KeyLimits(
                read("maxPrice", before.maxPrice(), node -> WrittenTerms.price(text(node))),
                read("dailyCap", before.dailyCap(), node -> WrittenTerms.price(text(node))),
                read("rateCap", before.rateCap(), RateCap::of),
                read("maxSubscriptions", before.maxSubscriptions(), KeyRequest::sockets),
                read("maxConnections", before.maxConnections(), KeyRequest::sockets));
    }

    private KeyChoice choice(KeyChoice before) {
        return new KeyChoice(
                read("maxLatency", before.maxLatencyMs(), node -> WrittenTerms.latencyMillis(textOrNumber(node))),
                read("prefer", before.prefer(), node -> WrittenTerms.preference(text(node))),
                read("racers", before.racers(), node -> WrittenTerms.racers(textOrNumber(node))),
                read("verify", before.quorum(), node -> WrittenTerms.quorum(text(node))),
                read("operators", before.operators(), KeyRequest::operators),
                read("excludeOperators", before.excludeOperators(), KeyRequest::operators));
    }

    private KeyTerms checked(KeyTerms terms) {
        given.propertyNames().stream()
                .filter(field -> !known.contains(field))
                .forEach(field -> errors.put(field, "not among " + String.join(", ", known)));
        if (errors.isEmpty()) {
            return terms;
        }
        var refusal = new Refusal(ProblemCode.INVALID_REQUEST, "The key's terms cannot be read.");
        errors.forEach(refusal::field);
        throw refusal;
    }

    private <T> @Nullable T read(String field, @Nullable T before, Function<JsonNode, T> reader) {
        known.add(field);
        var node = given.get(field);
        if (node == null) {
            return before;
        }
        try {
            return node.isNull() ? null : reader.apply(node);
        } catch (IllegalArgumentException wrong) {
            errors.put(field, String.valueOf(wrong.getMessage()));
            return before;
        }
    }

    private static String name(String text) {
        var name = text.strip();
        if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("at most " + LONGEST_NAME + " characters on one line");
        }
        return name;
    }

    private static Scope scope(String text) {
        return Scope.ofWireName(text).orElseThrow(() -> new IllegalArgumentException("query or manage"));
    }

    private static List<OperatorId> operators(JsonNode node) {
        if (!node.isArray()) {
            throw new IllegalArgumentException("a list of operators' ids, or null for none");
        }
        return WrittenTerms.operators(node.valueStream().map(KeyRequest::text).toList());
    }

    private static Integer sockets(JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.asLong() < 0 || node.asLong() > MOST_SOCKETS) {
            throw new IllegalArgumentException("0 to " + MOST_SOCKETS + ", or null for the market's own bound");
        }
        return node.asInt();
    }

    private static String textOrNumber(JsonNode node) {
        return node.isIntegralNumber() ? node.asString() : text(node);
    }

    private static String text(JsonNode node) {
        if (!node.isString()) {
            throw new IllegalArgumentException("a string");
        }
        return node.asString();
    }
}
