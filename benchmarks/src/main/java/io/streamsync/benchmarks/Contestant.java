package io.streamsync.benchmarks;

import io.streamsync.benchmarks.load.Load;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One way to a node, or to several.
///
/// @param process whose CPU counts; null for none between client and node
/// @param isJvm whether what it allocates can be told
/// @param alone keeps what works for it behind the query path still until it is closed
record Contestant(String name, Load load, @Nullable ProcessHandle process, boolean isJvm, Supplier<Stillness> alone) {

    /// Nothing works behind it.
    static final Supplier<Stillness> NOTHING_BEHIND = () -> () -> {};

    /// Ends what is kept still.
    interface Stillness extends AutoCloseable {

        @Override
        void close();
    }
}
