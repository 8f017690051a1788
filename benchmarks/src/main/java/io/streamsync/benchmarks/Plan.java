package io.streamsync.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What is measured and for how long.
///
/// @param gate whether a ratio above its target fails the run
/// @param warmUp of a JVM, before anything counts
/// @param rounds of each contestant, in turn
/// @param minutes of endurance
record Plan(Set<Part> parts, boolean gate, Duration warmUp, Duration round, int rounds, int minutes) {

    /// Connections at saturation, and of the tail: enough that no request waits for one.
    static final int BUSY = 64;

    static final int PLENTY = 256;

    /// The full compiler is at work on a JVM for more than a minute under load; what it takes then is no query's.
    private static final Duration WARM = Duration.ofSeconds(90);

    /// What there is to see.
    enum Part {
        /// CPU and allocation per query, throughput, all at saturation.
        COST,
        /// Added latency at half of saturation.
        LATENCY,
        /// The race against one operator whose latency is log-normal.
        TAIL,
        /// A very large answer beside ordinary ones.
        LARGE,
        /// How soon all is posted after an outage of Kafka.
        DRAIN,
        /// Ten minutes at a rate.
        ENDURANCE
    }

    /// @param arguments `--quick`, `--gate`, and the parts by name; none for all of them
    static Plan of(String... arguments) {
        var words = List.of(arguments);
        var named = EnumSet.noneOf(Part.class);
        words.stream()
                .filter(word -> !word.startsWith("--"))
                .map(word -> Part.valueOf(word.toUpperCase(Locale.ROOT)))
                .forEach(named::add);
        var parts = named.isEmpty() ? EnumSet.allOf(Part.class) : named;
        var gate = words.contains("--gate");
        return words.contains("--quick")
                ? new Plan(parts, gate, Duration.ofSeconds(30), Duration.ofSeconds(4), 3, 2)
                : new Plan(parts, gate, WARM, Duration.ofSeconds(8), 5, 10);
    }

    boolean has(Part... any) {
        return Arrays.stream(any).anyMatch(parts::contains);
    }
}
