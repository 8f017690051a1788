package io.streamsync.router.race;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.answer.NodeAnswer.Kind;
import io.streamsync.protocol.answer.Reply;
import io.streamsync.protocol.answer.Reply.Failure;
import io.streamsync.protocol.market.OperatorId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the customer is told when nobody's answer can win, but all who spoke said that they themselves cannot answer:
/// the words of one of them, for nothing (decision 0027).
final class LastWords {

    /// What a node says of itself: not held, not offered, not there yet, not well.
    private static final Set<String> OF_THEMSELVES = Set.of("NOT_HELD", "NOT_OFFERED", "BEHIND", "UNHEALTHY");

    /// Errors are short; more is not kept.
    private static final int LONGEST = 16 * 1024;

    private final Set<OperatorId> speakers = new HashSet<>();
    private int asked;
    private boolean otherwise;
    private @Nullable NodeAnswer first;
    private boolean isRacers;

    void asked(int places) {
        asked += places;
    }

    /// @param said null when they were no answer; its bytes are not kept
    void replied(Contender place, Reply reply, @Nullable NodeAnswer said) {
        if (!(reply instanceof Failure failure)) {
            otherwise = true;
        } else if (said != null && said.kind() == Kind.ERROR && OF_THEMSELVES.contains(failure.reason())) {
            speakers.add(place.countsAs());
            keep(place, said);
        }
    }

    /// @return null unless all that spoke did so of themselves: at least two, or the only one that was asked
    @Nullable
    NodeAnswer toTell() {
        return !otherwise && (speakers.size() >= 2 || asked == 1) ? first : null;
    }

    /// Those of who races before those of who checks, within the customer's terms.
    private void keep(Contender place, NodeAnswer said) {
        var length = said.to() - said.from();
        if (place.deliverable() && length <= LONGEST && (first == null || (place.races() && !isRacers))) {
            var words = Arrays.copyOfRange(said.body(), said.from(), said.to());
            first = new NodeAnswer(words, Kind.ERROR, 0, length, said.errorCode(), said.slot());
            isRacers = place.races();
        }
    }
}
