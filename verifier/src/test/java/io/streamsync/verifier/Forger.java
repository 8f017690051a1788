package io.streamsync.verifier;

import static io.streamsync.verifier.EpochVerifierTests.LATER;

import io.streamsync.protocol.record.StreamRecord;
import io.streamsync.protocol.record.StreamRecord.Answered;
import io.streamsync.protocol.record.StreamRecord.AskedPlace;
import io.streamsync.protocol.record.StreamRecord.Outcome;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.publication.EpochPage;
import io.streamsync.verifier.publication.EpochPage.RouterPage;
import io.streamsync.verifier.publication.Publication;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Owns a market, and changes what one of its routers wrote before it is sealed.
final class Forger {

    final Installation market;
    final TestStream steady;

    Forger() {
        this(11, 3_000);
    }

    /// @param seed of a market in which what is to be forged happens
    Forger(long seed) {
        this(seed, 3_000);
    }

    /// @param pauseMillis between two races of a router
    Forger(long seed, int pauseMillis) {
        market = new Installation(seed, pauseMillis);
        steady = market.stream(Installation.STEADY);
    }

    /// Changes the first race of the window for which it holds.
    void race(Predicate<Answered> which, UnaryOperator<Answered> how) {
        steady.change(Answered.class, answered -> isOf(Installation.WINDOW, answered) && which.test(answered), how);
    }

    void outcome(Predicate<Outcome> which, UnaryOperator<Outcome> how) {
        race(
                answered -> which.test(answered.outcome()),
                answered -> Copy.outcome(answered, how.apply(answered.outcome())));
    }

    /// Changes the first verdict on a race of the window that cost something.
    Verified verdict(Predicate<Verified> which, UnaryOperator<Verified> how) {
        return steady.change(
                Verified.class,
                verified -> verified.feeNano() > 0
                        && isOf(Installation.WINDOW, race(verified.sequence()))
                        && which.test(verified),
                how);
    }

    Answered race(long sequence) {
        return steady.all(Answered.class).stream()
                .filter(answered -> answered.race().sequence() == sequence)
                .findFirst()
                .orElseThrow();
    }

    /// Of a race that cost something.
    AskedPlace winner(Verified verified) {
        var race = race(verified.sequence());
        return race.asked().places().get(race.outcome().winner());
    }

    Verified verdict(long sequence) {
        return steady.all(Verified.class).stream()
                .filter(verified -> verified.sequence() == sequence)
                .findFirst()
                .orElseThrow();
    }

    List<Answered> races(long epoch) {
        return steady.all(Answered.class).stream()
                .filter(answered -> isOf(epoch, answered))
                .toList();
    }

    /// One in the middle of an epoch, with a verdict of its own window.
    Answered raceInTheMiddleOf(long epoch) {
        var races = races(epoch);
        return races.get(races.size() / 2);
    }

    static long sequence(StreamRecord record) {
        return switch (record) {
            case Answered answered -> answered.race().sequence();
            case Verified verified -> verified.sequence();
            default -> -1;
        };
    }

    /// The same on the page of an epoch, for one router.
    static void page(Published published, long epoch, UnaryOperator<RouterPage> how) {
        published.epochs.computeIfPresent(
                epoch,
                (_, page) -> new EpochPage(
                        page.epoch(),
                        page.routers().stream()
                                .map(router -> router.stream().equals(Installation.STEADY) ? how.apply(router) : router)
                                .toList()));
    }

    Map<FindingCode, Long> found() {
        return found(market.publish());
    }

    Map<FindingCode, Long> found(long epoch) {
        return found(market.publish(), epoch);
    }

    static Map<FindingCode, Long> found(Publication published) {
        return found(published, Installation.WINDOW);
    }

    static Map<FindingCode, Long> found(Publication published, long epoch) {
        return new EpochVerifier(published, LATER).verify(epoch, List.of()).counts();
    }

    private static boolean isOf(long epoch, Answered answered) {
        return answered.race().epoch() == epoch;
    }
}
