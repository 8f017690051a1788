package io.streamsync.router.race;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.comparison.Agreement;
import io.streamsync.protocol.comparison.Comparability;
import io.streamsync.protocol.market.SolanaMethod;
import java.util.Arrays;
import java.util.function.BiPredicate;

/// Whether two answers confirm each other while a race runs. That is asked on the event loop: large ones are not read
/// there, and confirm each other only byte for byte.
///
/// @param largeAnswer above so many bytes an answer is large
record SameAnswer(SolanaMethod method, int largeAnswer) implements BiPredicate<NodeAnswer, NodeAnswer> {

    @Override
    public boolean test(NodeAnswer one, NodeAnswer other) {
        if (Math.max(one.body().length, other.body().length) > largeAnswer) {
            return one.kind() == other.kind()
                    && Arrays.equals(one.body(), one.from(), one.to(), other.body(), other.from(), other.to());
        }
        return Comparability.judge(method, one, other) == Agreement.AGREES
                || Comparability.sameValue(method, one, other);
    }
}
