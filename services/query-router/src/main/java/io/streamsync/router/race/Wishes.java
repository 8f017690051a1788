package io.streamsync.router.race;

import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.draw.WrittenTerms;
import io.streamsync.protocol.draw.WrittenTerms.Racers;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.router.access.Credential;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads the `X-StreamSync-*` headers and the parameters of the same names (public interfaces, Queries).
/// Most queries have none and get the standard terms, always the same object.
final class Wishes {

    private static final Pattern SLOT = Pattern.compile("\\d{1,18}");

    private static final Wish PREFER = Wish.of("Prefer");
    private static final Wish MAX_PRICE = Wish.of("Max-Price");
    private static final Wish MAX_LATENCY = Wish.of("Max-Latency");
    private static final Wish RACERS = Wish.of("Racers");
    private static final Wish VERIFY = Wish.of("Verify");
    private static final Wish OPERATORS = Wish.of("Operators");
    private static final Wish EXCLUDE_OPERATORS = Wish.of("Exclude-Operators");
    private static final Wish MIN_SLOT = Wish.of("Min-Slot");

    private final CustomerTerms standard;

    Wishes(int racingPlaces) {
        this.standard = new CustomerTerms(Terms.standard(racingPlaces), CustomerTerms.NO_SLOT);
    }

    /// The key's own choice where the request names none. What the key's holder limits, no request can widen: the
    /// ceiling is the lower one, of the operators those are left that both allow.
    ///
    /// @throws InvalidWishException naming the header or parameter that cannot be understood
    CustomerTerms read(RpcRequest request, Credential credential) {
        var source = new Source(request);
        var prefer = source.read(PREFER, WrittenTerms::preference);
        var maxPrice = source.read(MAX_PRICE, WrittenTerms::price);
        var maxLatency = source.read(MAX_LATENCY, WrittenTerms::latencyMillis);
        var racers = source.read(RACERS, Wishes::racers);
        var verify = source.read(VERIFY, WrittenTerms::quorum);
        var only = source.read(OPERATORS, WrittenTerms::operators);
        var exclude = source.read(EXCLUDE_OPERATORS, WrittenTerms::operators);
        var minSlot = source.read(MIN_SLOT, Wishes::slot);
        var keys = credential.terms();
        if (!source.hadAny()) {
            return keys == null ? standard : new CustomerTerms(keys, CustomerTerms.NO_SLOT);
        }
        var otherwise = keys == null ? standard.draw() : keys;
        var terms = new Terms(
                prefer == null ? otherwise.prefer() : prefer,
                lower(maxPrice, otherwise.maxPriceNano()),
                maxLatency == null ? otherwise.maxLatencyMs() : OptionalInt.of(maxLatency),
                racers == null ? otherwise.racers() : racers.first(),
                racers == null ? otherwise.stagedRacers() : racers.staged(),
                verify == null ? otherwise.quorum() : verify,
                only == null ? otherwise.only() : only,
                exclude == null ? otherwise.exclude() : exclude);
        return new CustomerTerms(
                keys == null ? terms : narrowed(terms, keys), minSlot == null ? CustomerTerms.NO_SLOT : minSlot);
    }

    private static OptionalLong lower(@Nullable Long wish, OptionalLong keyCeiling) {
        if (wish == null) {
            return keyCeiling;
        }
        return OptionalLong.of(Math.min(wish, keyCeiling.orElse(wish)));
    }

    /// Where nobody is left that both allow, everybody whom the key allows is excluded: an empty list would mean all.
    private static Terms narrowed(Terms terms, Terms keys) {
        var only = keys.only().isEmpty()
                ? terms.only()
                : terms.only().stream().filter(keys.only()::contains).toList();
        var isNobody = only.isEmpty() && !keys.only().isEmpty();
        var exclude = Stream.of(terms.exclude(), keys.exclude(), isNobody ? keys.only() : List.<OperatorId>of())
                .flatMap(List::stream)
                .distinct()
                .toList();
        return new Terms(
                terms.prefer(),
                terms.maxPriceNano(),
                terms.maxLatencyMs(),
                terms.racers(),
                terms.stagedRacers(),
                terms.quorum(),
                isNobody ? keys.only() : only,
                exclude);
    }

    /// In a URL a plus means a space.
    private static Racers racers(String text) {
        return WrittenTerms.racers(text.replace(' ', '+'));
    }

    private static long slot(String text) {
        if (!SLOT.matcher(text).matches()) {
            throw new IllegalArgumentException("a slot number");
        }
        return Long.parseLong(text);
    }

    /// Where a wish may stand.
    private record Wish(String header, String parameter) {

        static Wish of(String name) {
            return new Wish("X-StreamSync-" + name, name.toLowerCase(Locale.ROOT));
        }
    }

    /// One request's wishes: the header first, then the parameter of the same name.
    private static final class Source {

        private final RpcRequest request;
        private boolean any;

        Source(RpcRequest request) {
            this.request = request;
        }

        boolean hadAny() {
            return any;
        }

        <T> @Nullable T read(Wish wish, Function<String, T> reader) {
            var value = request.header(wish.header);
            if (value != null) {
                return parse(wish.header, value, reader);
            }
            var text = request.parameter(wish.parameter);
            return text == null ? null : parse(wish.parameter, text, reader);
        }

        private <T> T parse(String name, String value, Function<String, T> reader) {
            any = true;
            try {
                return reader.apply(value.strip());
            } catch (IllegalArgumentException invalid) {
                throw new InvalidWishException(name, invalid);
            }
        }
    }
}
