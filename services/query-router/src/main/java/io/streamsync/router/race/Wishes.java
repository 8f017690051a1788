package io.streamsync.router.race;

import io.streamsync.protocol.draw.Preference;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.money.Asset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the `X-StreamSync-*` headers and the parameters of the same names (public interfaces, Queries).
/// Most queries have none and get the standard terms, always the same object.
public final class Wishes {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,7})(ms|s)?");
    private static final Pattern RACERS = Pattern.compile("([1-5])(?:[+ ]([1-4]))?");
    private static final Pattern SLOT = Pattern.compile("\\d{1,18}");

    /// Longer than any query may take.
    private static final long LONGEST_MILLIS = 60_000;

    /// More than there will be operators for a long time; a bound for what is read per query.
    private static final int MOST_OPERATORS = 100;

    private final CustomerTerms standard;
    private final int racingPlaces;

    Wishes(int racingPlaces) {
        this.racingPlaces = racingPlaces;
        this.standard = new CustomerTerms(Terms.standard(racingPlaces), CustomerTerms.NO_SLOT);
    }

    /// @param keyCeiling the key's own ceiling, which no wish can raise
    /// @throws InvalidWishException naming the header or parameter that cannot be understood
    CustomerTerms read(RpcRequest request, OptionalLong keyCeiling) {
        var source = new Source(request);
        var prefer = source.read("Prefer", Wishes::preference);
        var maxPrice = source.read("Max-Price", Wishes::price);
        var maxLatency = source.read("Max-Latency", Wishes::latencyMillis);
        var racers = source.read("Racers", Wishes::racers);
        var verify = source.read("Verify", Wishes::quorum);
        var only = source.read("Operators", Wishes::operators);
        var exclude = source.read("Exclude-Operators", Wishes::operators);
        var minSlot = source.read("Min-Slot", Wishes::slot);
        if (!source.hadAny() && keyCeiling.isEmpty()) {
            return standard;
        }
        var terms = new Terms(
                prefer == null ? Preference.BALANCED : prefer,
                lower(maxPrice, keyCeiling),
                maxLatency == null ? OptionalInt.empty() : OptionalInt.of(maxLatency),
                racers == null ? racingPlaces : racers.first(),
                racers == null ? 0 : racers.staged(),
                verify != null && verify,
                only == null ? List.of() : only,
                exclude == null ? List.of() : exclude);
        return new CustomerTerms(terms, minSlot == null ? CustomerTerms.NO_SLOT : minSlot);
    }

    private static OptionalLong lower(@Nullable Long wish, OptionalLong keyCeiling) {
        if (wish == null) {
            return keyCeiling;
        }
        return OptionalLong.of(Math.min(wish, keyCeiling.orElse(wish)));
    }

    /// `fastest`, `balanced` or `cheapest`.
    public static Preference preference(String text) {
        return Arrays.stream(Preference.values())
                .filter(preference -> preference.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("fastest, balanced or cheapest"));
    }

    /// A positive amount of USDC.
    public static long price(String text) {
        var nano = Amount.parse(Asset.USDC, text).nanoUnits();
        if (nano <= 0) {
            throw new IllegalArgumentException("a price above zero");
        }
        return nano;
    }

    /// `50ms`, `2s`, or a number of ms.
    public static int latencyMillis(String text) {
        var match = DURATION.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("a duration such as 50ms or 2s");
        }
        var millis = Long.parseLong(match.group(1)) * ("s".equals(match.group(2)) ? 1000 : 1);
        if (millis < 1 || millis > LONGEST_MILLIS) {
            throw new IllegalArgumentException("a duration of 1ms to 60s");
        }
        return (int) millis;
    }

    private static Racers racers(String text) {
        var match = RACERS.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("n or n+m racing places, together 1 to 5");
        }
        var staged = match.group(2) == null ? 0 : Integer.parseInt(match.group(2));
        var racers = new Racers(Integer.parseInt(match.group(1)), staged);
        if (racers.first() + racers.staged() > 5) {
            throw new IllegalArgumentException("n or n+m racing places, together 1 to 5");
        }
        return racers;
    }

    private static boolean quorum(String text) {
        return switch (text) {
            case "first" -> false;
            case "quorum" -> true;
            default -> throw new IllegalArgumentException("first or quorum");
        };
    }

    private static List<OperatorId> operators(String text) {
        var ids = text.split(",", -1);
        if (ids.length > MOST_OPERATORS) {
            throw new IllegalArgumentException("at most " + MOST_OPERATORS + " operators");
        }
        return Arrays.stream(ids)
                .map(String::strip)
                .map(OperatorId::new)
                .distinct()
                .toList();
    }

    private static long slot(String text) {
        if (!SLOT.matcher(text).matches()) {
            throw new IllegalArgumentException("a slot number");
        }
        return Long.parseLong(text);
    }

    private record Racers(int first, int staged) {}

    /// One request's wishes: the header first, then the parameter of the same name.
    private static final class Source {

        private static final String PREFIX = "X-StreamSync-";

        private final RpcRequest request;
        private boolean any;

        Source(RpcRequest request) {
            this.request = request;
        }

        boolean hadAny() {
            return any;
        }

        <T> @Nullable T read(String name, Function<String, T> reader) {
            var header = PREFIX + name;
            var value = request.header(header);
            if (value != null) {
                return parse(header, value, reader);
            }
            var parameter = name.toLowerCase(Locale.ROOT);
            var text = request.parameter(parameter);
            return text == null ? null : parse(parameter, text, reader);
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
