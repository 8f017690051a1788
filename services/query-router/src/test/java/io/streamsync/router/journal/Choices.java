package io.streamsync.router.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Yes and no in every possible order: a generator for trying out all that chance could do.
final class Choices implements RandomGenerator {

    private final List<Boolean> made = new ArrayList<>();
    private int next;

    private Choices() {}

    /// Runs the trial once for every sequence of answers that it asks for.
    ///
    /// @return how many there were
    static int all(Consumer<RandomGenerator> trial) {
        var choices = new Choices();
        var trials = 0;
        do {
            choices.next = 0;
            trial.accept(choices);
            trials++;
        } while (choices.advance());
        return trials;
    }

    @Override
    public boolean nextBoolean() {
        if (next == made.size()) {
            made.add(false);
        }
        return made.get(next++);
    }

    @Override
    public long nextLong() {
        throw new UnsupportedOperationException("yes or no");
    }

    private boolean advance() {
        while (!made.isEmpty() && made.getLast()) {
            made.removeLast();
        }
        if (made.isEmpty()) {
            return false;
        }
        made.set(made.size() - 1, true);
        return true;
    }
}
