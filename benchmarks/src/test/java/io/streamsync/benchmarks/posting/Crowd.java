package io.streamsync.benchmarks.posting;

import java.util.List;
import java.util.stream.IntStream;

/// Who asks and who answers.
///
/// @param customers accounts with credit, each equally often
/// @param mixed whether each of them is answered by every operator, or by one of its own
record Crowd(String name, int customers, int operators, boolean mixed) {

    /// Customers with an operator each that is nearest: 200 pairs.
    static final Crowd PAIRED = new Crowd("200 customers with one of 100 operators each", 200, 100, false);

    /// 20 000 pairs: nearly each race of a batch changes a sum of its own.
    static final Crowd MIXED = new Crowd("200 customers, each with all of 100 operators", 200, 100, true);

    /// One customer who asks everything, one operator who wins everything.
    static final Crowd HOT = new Crowd("one hot customer and operator", 1, 1, false);

    static final List<Crowd> ALL = List.of(PAIRED, MIXED, HOT);

    /// Ids of usual length.
    String operator(int number) {
        return "0199ab00-0000-7000-8000-%012d".formatted(number);
    }

    String node(int number) {
        return "0199ac00-0000-7000-8000-%012d".formatted(number);
    }

    int winner(long sequence) {
        return (int) ((mixed ? sequence + sequence / customers : sequence) % operators);
    }

    /// The places behind the winner's: others lose and check even where one wins everything.
    List<Integer> others(long sequence) {
        return IntStream.rangeClosed(1, 4)
                .map(place -> (int) ((sequence * 7 + place) % 100) + 1_000)
                .boxed()
                .toList();
    }
}
