package io.streamsync.router.gateway;

import io.streamsync.protocol.draw.Candidate;
import io.streamsync.protocol.draw.Preference;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.draw.WrittenTerms;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.market.SolanaMethods;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.router.market.Market;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/// `POST /v1/quotes`: what a query would cost now, and who would answer it. Binds nobody, needs no key.
final class QuoteEndpoint {

    private static final double MILLION = 1_000_000;

    private final Market market;
    private final Parameters parameters;

    QuoteEndpoint(Market market, Parameters parameters) {
        this.market = market;
        this.parameters = parameters;
    }

    Mono<ServerResponse> quote(ServerRequest request) {
        return request.bodyToMono(JsonNode.class)
                .switchIfEmpty(Mono.error(() -> new InvalidFieldException("method", "must be given")))
                .flatMap(body -> ServerResponse.ok().bodyValue(quote(body)));
    }

    private Quote quote(JsonNode body) {
        var name = field(body, "method", Function.identity());
        var method = SolanaMethods.find(Objects.requireNonNullElse(name, ""))
                .orElseThrow(() -> new InvalidFieldException("method", "no method of any class"));
        var price = field(body, "maxPrice", WrittenTerms::price);
        var latency = field(body, "maxLatency", WrittenTerms::latencyMillis);
        var prefer = field(body, "prefer", WrittenTerms::preference);
        var terms = new Terms(
                prefer == null ? Preference.BALANCED : prefer,
                price == null ? OptionalLong.empty() : OptionalLong.of(price),
                latency == null ? OptionalInt.empty() : OptionalInt.of(latency),
                parameters.racingPlaces(),
                0,
                false,
                List.of(),
                List.of());
        return quote(method, terms);
    }

    private Quote quote(SolanaMethod method, Terms terms) {
        // anybody may ask for any terms: none of them is worth keeping
        var candidates = market.current()
                .fieldForOnce(method.queryClass(), terms)
                .field()
                .candidates();
        var asks = candidates.stream()
                .sorted(Comparator.<Candidate>comparingLong(
                                candidate -> candidate.ask().priceNano())
                        .thenComparing(candidate -> candidate.node().id()))
                .map(candidate -> Quote.Ask.of(candidate, method.queryClass()))
                .toList();
        return new Quote(method.name(), method.queryClass().wireName(), expectedPrice(candidates), asks);
    }

    private static @Nullable String expectedPrice(List<Candidate> candidates) {
        if (candidates.isEmpty()) {
            return null;
        }
        var mean = candidates.stream()
                .map(candidate -> BigDecimal.valueOf(candidate.ask().priceNano())
                        .multiply(BigDecimal.valueOf(candidate.probability())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return Amount.decimal(mean.setScale(0, RoundingMode.HALF_UP).longValueExact());
    }

    /// A member as text; a number stands for its digits.
    private static <T> @Nullable T field(JsonNode body, String name, Function<String, T> reader) {
        var value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString() && !value.isNumber()) {
            throw new InvalidFieldException(name, "a text is expected");
        }
        try {
            return reader.apply(value.isString() ? value.asString() : digits(value.doubleValue()));
        } catch (IllegalArgumentException invalid) {
            throw new InvalidFieldException(name, Objects.requireNonNullElse(invalid.getMessage(), "not understood"));
        }
    }

    /// @throws IllegalArgumentException when it is beyond a double
    private static String digits(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    /// @param expectedPrice the candidates' asks by their chances; null where nobody sells on these terms
    record Quote(String method, String queryClass, @Nullable String expectedPrice, List<Ask> asks) {

        /// @param quality of the node in the class, about 0 to 1.46
        /// @param probability of the first racing place
        record Ask(
                String operatorId, String nodeId, String price, int maxLatencyMs, double quality, double probability) {

            static Ask of(Candidate candidate, QueryClass queryClass) {
                var offer = Objects.requireNonNull(candidate.node().offers().get(queryClass));
                return new Ask(
                        candidate.node().operatorId().value(),
                        candidate.node().id().value(),
                        Amount.decimal(candidate.ask().priceNano()),
                        candidate.ask().guaranteedLatencyMs(),
                        offer.quality() / MILLION,
                        candidate.probability());
            }
        }
    }
}
