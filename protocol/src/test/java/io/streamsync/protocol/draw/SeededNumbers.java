package io.streamsync.protocol.draw;

import java.util.SplittableRandom;

/// Random numbers from a seed, where a test needs many draws and no secret.
final class SeededNumbers implements RandomNumbers {

    private final SplittableRandom random;

    SeededNumbers(long seed) {
        random = new SplittableRandom(seed);
    }

    @Override
    public long next(Label label) {
        return random.nextLong();
    }
}
