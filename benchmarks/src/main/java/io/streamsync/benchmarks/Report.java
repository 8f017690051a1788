package io.streamsync.benchmarks;

/// Tables for people, on standard output.
final class Report {

    private Report() {}

    static void title(String text) {
        System.out.println("\n" + text);
    }

    static void line(String text) {
        System.out.println(text.replace("NaN", "  -"));
    }

    /// A ratio beside what it should be (docs/performance.md).
    static void ratio(String what, double ratio, String target) {
        line("  %-66s %6.2f   %s".formatted(what, ratio, target));
    }
}
