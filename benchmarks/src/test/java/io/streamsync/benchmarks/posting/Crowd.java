package io.streamsync.benchmarks.posting;

import java.util.List;
import java.util.stream.IntStream;

/// Who asks and who answers.
///
/// @param customers accounts with credit, each equally often
record Crowd(String name, int customers, int operators) {

    static final Crowd UNIFORM = new Crowd("uniform", 200, 100);

    /// One customer who asks everything, one operator who wins everything.
    static final Crowd HOT = new Crowd("one hot customer and operator", 1, 1);

    /// Ids of usual length.
    String operator(int number) {
        return "0199ab00-0000-7000-8000-%012d".formatted(number);
    }

    String node(int number) {
        return "0199ac00-0000-7000-8000-%012d".formatted(number);
    }

    int winner(long sequence) {
        return (int) (sequence % operators);
    }

    /// The places behind the winner's: others lose and check even where one wins everything.
    List<Integer> others(long sequence) {
        return IntStream.rangeClosed(1, 4)
                .map(place -> (int) ((sequence * 7 + place) % 100) + 1_000)
                .boxed()
                .toList();
    }
}
