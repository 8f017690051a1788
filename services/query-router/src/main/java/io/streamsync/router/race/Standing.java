package io.streamsync.router.race;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.answer.Reply;
import io.streamsync.protocol.answer.Reply.Content;
import io.streamsync.protocol.answer.Reply.Failure;
import io.streamsync.protocol.answer.Reply.NeedsSecond;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Who wins (protocol, Race): takes the replies in their order and says what to do. Knows no clock and asks nobody.
final class Standing {

    private static final Step WAIT = new Step.Wait();
    private static final Step EXHAUSTED = new Step.Exhausted();

    private final Rule rule;
    private final BiPredicate<NodeAnswer, NodeAnswer> agree;
    private final List<Contender> places = new ArrayList<>();
    private final List<Sound> sound = new ArrayList<>();
    private int open;
    private int openRacing;

    /// @param agree whether two answers say the same, by the method's rule; asked only for a quorum
    Standing(Rule rule, List<Contender> places, BiPredicate<NodeAnswer, NodeAnswer> agree) {
        this.rule = rule;
        this.agree = agree;
        join(places);
    }

    /// What an answer needs beside being sound.
    enum Rule {
        /// What its kind needs: content nothing, absence and errors a second operator.
        FIRST,
        /// The confirmation of another operator, whatever it is.
        QUORUM,
        /// Nothing: only one node may be asked.
        ALONE
    }

    /// The places of a second draw: what was said before still counts.
    void join(List<Contender> more) {
        for (var place : more) {
            places.add(place);
            open++;
            openRacing += place.races() ? 1 : 0;
        }
    }

    /// @param answer null for a failure
    Step replied(int place, Reply reply, @Nullable NodeAnswer answer) {
        open--;
        openRacing -= places.get(place).races() ? 1 : 0;
        switch (reply) {
            case Content _, NeedsSecond _ when answer != null -> sound.add(new Sound(place, reply, answer));
            case Content _, NeedsSecond _, Failure _ -> {}
        }
        return decide();
    }

    boolean allReplied() {
        return open == 0;
    }

    private Step decide() {
        for (var one : sound) {
            if (places.get(one.place()).races() && wins(one)) {
                return new Step.Deliver(one.place());
            }
        }
        if (openRacing == 0) {
            for (var one : sound) {
                if (places.get(one.place()).affordable() && wins(one)) {
                    return new Step.Deliver(one.place());
                }
            }
        }
        return open == 0 ? EXHAUSTED : WAIT;
    }

    private boolean wins(Sound one) {
        return switch (rule) {
            case ALONE -> true;
            case QUORUM ->
                sound.stream().anyMatch(other -> isAnother(one, other) && agree.test(one.answer(), other.answer()));
            case FIRST ->
                switch (one.reply()) {
                    case Content _ -> true;
                    case NeedsSecond needs -> needs.lap() ? allSaySo(needs) : isSeconded(one, needs);
                    case Failure _ -> false;
                };
        };
    }

    private boolean isSeconded(Sound one, NeedsSecond needs) {
        return sound.stream().anyMatch(other -> isAnother(one, other) && saysTheSame(needs, other));
    }

    private boolean allSaySo(NeedsSecond needs) {
        return open == 0 && sound.size() >= 2 && sound.stream().allMatch(other -> saysTheSame(needs, other));
    }

    private boolean isAnother(Sound one, Sound other) {
        return !places.get(one.place())
                .countsAs()
                .equals(places.get(other.place()).countsAs());
    }

    private static boolean saysTheSame(NeedsSecond needs, Sound other) {
        return other.reply() instanceof NeedsSecond same && same.equivalence().equals(needs.equivalence());
    }

    /// An answer that is no failure.
    private record Sound(int place, Reply reply, NodeAnswer answer) {}
}
