package io.streamsync.router.race;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.answer.Reply;
import io.streamsync.protocol.answer.Reply.Content;
import io.streamsync.protocol.answer.Reply.Failure;
import io.streamsync.protocol.answer.Reply.NeedsSecond;
import io.streamsync.protocol.market.SolanaMethod;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Who wins (protocol, Race): takes the replies in their order and says what to do. Knows no clock and asks nobody.
final class Standing {

    private static final Step WAIT = new Step.Wait();
    private static final Step WAIT_FOR_OTHERS = new Step.WaitForOthers();
    private static final Step ASK_LATER = new Step.AskLater();
    private static final Step EXHAUSTED = new Step.Exhausted();

    private final Rule rule;
    private final BiPredicate<NodeAnswer, NodeAnswer> agree;
    private final List<Contender> places = new ArrayList<>();
    private final List<Sound> sound = new ArrayList<>();
    private final List<Integer> order = new ArrayList<>();
    private final BitSet replied = new BitSet();
    private int open;
    private int openRacing;
    private boolean isWaitOver;
    private boolean hasLater;

    /// @param agree whether two answers say the same, by the method's rule; asked only for a quorum
    Standing(Rule rule, BiPredicate<NodeAnswer, NodeAnswer> agree) {
        this.rule = rule;
        this.agree = agree;
    }

    /// What an answer needs beside being sound.
    enum Rule {
        /// What its kind needs: content nothing, absence and errors a second operator.
        FIRST,
        /// The confirmation of another operator, whatever it is.
        QUORUM,
        /// To be the first, in an order that was drawn, of those that accepted a transaction: parsing a
        /// signature is not sending.
        DRAWN,
        /// Nothing: only one node may be asked.
        ALONE;

        /// @param quorum whether the customer wants no answer that is not confirmed
        static Rule of(SolanaMethod method, boolean quorum) {
            return switch (method.delivery()) {
                case ONE -> ALONE;
                case ALL_RACERS -> DRAWN;
                case RACE -> quorum ? QUORUM : FIRST;
            };
        }
    }

    /// The places of a draw; what was said before a second one still counts.
    ///
    /// @param racersInOrder of the racing ones, by their position among these, who is paid before whom;
    ///     empty where the first is
    void join(List<Contender> more, int... racersInOrder) {
        var racing = new ArrayList<Integer>();
        for (var place : more) {
            if (place.races()) {
                racing.add(places.size());
            }
            places.add(place);
            open += place.counts() ? 1 : 0;
            openRacing += place.races() ? 1 : 0;
        }
        for (var position : racersInOrder) {
            order.add(racing.get(position));
        }
    }

    /// Whether others are drawn to race who were not asked yet: while there are, nobody else's answer can be delivered.
    void hasLater(boolean any) {
        hasLater = any;
    }

    /// @param answer null for a failure
    Step replied(int place, Reply reply, @Nullable NodeAnswer answer) {
        replied.set(place);
        var contender = places.get(place);
        open -= contender.counts() ? 1 : 0;
        openRacing -= contender.races() ? 1 : 0;
        switch (reply) {
            case Content _, NeedsSecond _
            when answer != null && contender.counts() -> sound.add(new Sound(place, reply, answer));
            case Content _, NeedsSecond _, Failure _ -> {}
        }
        return decide();
    }

    /// Those that accepted a transaction by now are those among whom the fee is drawn.
    Step waitIsOver() {
        isWaitOver = true;
        return decide();
    }

    /// Also whoever holds a place of which nothing is decided by.
    boolean allReplied() {
        return replied.cardinality() == places.size();
    }

    private Step decide() {
        return rule == Rule.DRAWN && sound.stream().anyMatch(Standing::accepts) ? ofThoseThatAccepted() : first();
    }

    private static boolean accepts(Sound one) {
        return one.reply() instanceof Content;
    }

    private Step ofThoseThatAccepted() {
        for (var place : order) {
            if (sound.stream().anyMatch(one -> one.place() == place && accepts(one))) {
                return new Step.Deliver(place);
            }
            if (!replied.get(place) && !isWaitOver) {
                return WAIT_FOR_OTHERS;
            }
        }
        return first();
    }

    private Step first() {
        for (var one : sound) {
            if (places.get(one.place()).races() && wins(one)) {
                return new Step.Deliver(one.place());
            }
        }
        if (hasLater) {
            return openRacing == 0 && (open == 0 || !isAnyRacingSound()) ? ASK_LATER : WAIT;
        }
        if (openRacing == 0) {
            for (var one : sound) {
                if (places.get(one.place()).deliverable() && wins(one)) {
                    return new Step.Deliver(one.place());
                }
            }
        }
        return open == 0 || (openRacing == 0 && !canBeDelivered()) ? EXHAUSTED : WAIT;
    }

    /// Whether anybody whose answer may be delivered has given one, or may yet: for others nobody waits.
    private boolean canBeDelivered() {
        for (var place = 0; place < places.size(); place++) {
            if (places.get(place).deliverable() && places.get(place).counts() && !replied.get(place)) {
                return true;
            }
        }
        return sound.stream().anyMatch(one -> places.get(one.place()).deliverable());
    }

    private boolean isAnyRacingSound() {
        return sound.stream().anyMatch(one -> places.get(one.place()).races());
    }

    private boolean wins(Sound one) {
        return switch (rule) {
            case ALONE -> true;
            case QUORUM ->
                sound.stream().anyMatch(other -> isAnother(one, other) && agree.test(one.answer(), other.answer()));
            case FIRST, DRAWN ->
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
