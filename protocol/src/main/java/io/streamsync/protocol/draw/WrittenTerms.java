package io.streamsync.protocol.draw;

import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.money.Asset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// How terms are written, wherever a customer names them: in a request, or as what a key asks by. All methods throw
/// [IllegalArgumentException] with what is expected instead, for the customer to read.
public final class WrittenTerms {

    /// More than there will be operators for a long time; a bound for what is read per query.
    public static final int MOST_OPERATORS = 100;

    /// Longer than any query may take.
    public static final int LONGEST_MILLIS = 60_000;

    private static final Pattern DURATION = Pattern.compile("(\\d{1,7})(ms|s)?");
    private static final Pattern RACERS = Pattern.compile("([1-5])(?:\\+([1-4]))?");

    private WrittenTerms() {}

    /// `fastest`, `balanced` or `cheapest`.
    public static Preference preference(String text) {
        return Arrays.stream(Preference.values())
                .filter(preference -> text(preference).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("fastest, balanced or cheapest"));
    }

    public static String text(Preference preference) {
        return preference.name().toLowerCase(Locale.ROOT);
    }

    /// A positive amount of USDC.
    ///
    /// @return nano-USDC
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

    /// `n` or `n+m`.
    public static Racers racers(String text) {
        var match = RACERS.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException(Racers.EXPECTED);
        }
        return new Racers(
                Integer.parseInt(match.group(1)), match.group(2) == null ? 0 : Integer.parseInt(match.group(2)));
    }

    /// `first` or `quorum`.
    ///
    /// @return whether the first confirmed answer wins instead of the first
    public static boolean quorum(String text) {
        return switch (text) {
            case "first" -> false;
            case "quorum" -> true;
            default -> throw new IllegalArgumentException("first or quorum");
        };
    }

    /// Ids with commas between.
    public static List<OperatorId> operators(String text) {
        return operators(Arrays.asList(text.split(",", -1)));
    }

    /// Ids, at least one.
    public static List<OperatorId> operators(List<String> ids) {
        if (ids.isEmpty() || ids.size() > MOST_OPERATORS) {
            throw new IllegalArgumentException("1 to " + MOST_OPERATORS + " operators");
        }
        return ids.stream().map(String::strip).map(OperatorId::new).distinct().toList();
    }

    /// Racing places: those that start at once, and those that start later.
    public record Racers(int first, int staged) {

        private static final String EXPECTED = "n or n+m racing places, together 1 to 5";

        public Racers {
            if (first < 1 || staged < 0 || first + staged > 5) {
                throw new IllegalArgumentException(EXPECTED);
            }
        }

        @Override
        public String toString() {
            return staged == 0 ? Integer.toString(first) : first + "+" + staged;
        }
    }
}
