package io.streamsync.router.race;

import io.netty.channel.EventLoop;
import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.answer.Reply;
import io.streamsync.protocol.draw.Draw;
import io.streamsync.protocol.draw.Placed;
import io.streamsync.protocol.draw.SkipReason;
import io.streamsync.protocol.draw.Skipped;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.market.SolanaMethod.Delivery;
import io.streamsync.router.jsonrpc.Refusal;
import io.streamsync.router.jsonrpc.RefusalCode;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.node.AnswerMemory;
import io.streamsync.router.submission.Submission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One race from its start to its last record. Everything here runs on the query's own event loop, one call at a time;
/// the rules are [Standing]'s, [LatencySla]'s and the verification's.
final class Race {

    private static final byte[] NOT_HELD = {};

    private final RaceTrack track;
    private final Lineup lineup;
    private final AnswerMemory.Share memory;
    private final AnswerNews news;
    private final Standing.Rule rule;
    private final AnswerReading reading;
    private final Laggards laggards;
    private final Staging staging;
    private final Standing standing;
    private final NodeHealth health;
    private final LastWords lastWords = new LastWords();
    private final List<PlaceRun> places = new ArrayList<>();
    private final LargeAnswers large;
    private final LateReplies late;
    private final List<Skipped> skipped;
    private final Set<SkipReason> despite = EnumSet.noneOf(SkipReason.class);
    private final Consumer<RpcResponse.Single> done;
    private final Refusal unanswered;
    private Phase phase = Phase.RACING;
    private boolean isWaitingForOthers;
    private @Nullable Future<?> timer;
    private @Nullable RaceEnd end;

    /// @param submission the transaction that is sent; null for other queries, and where none can be read
    /// @param unanswered what the customer is told when nobody's answer can be delivered
    Race(
            RaceTrack track,
            Lineup lineup,
            @Nullable Submission submission,
            Refusal unanswered,
            Consumer<RpcResponse.Single> done) {
        this.track = track;
        this.lineup = lineup;
        this.memory = track.nodes().memory(lineup.query().accountId());
        this.unanswered = unanswered;
        this.done = done;
        this.news = new AnswerNews(this, submission);
        this.rule =
                Standing.Rule.of(lineup.method(), lineup.query().terms().draw().quorum());
        this.reading = new AnswerReading(this, track, lineup, submitted(lineup, submission));
        this.laggards = new Laggards(this, track, lineup);
        this.large = new LargeAnswers(lineup, places);
        this.late = new LateReplies(this, track);
        this.staging = new Staging(lineup);
        this.standing = new Standing(
                rule, new SameAnswer(lineup.compared(), track.parameters().largeAnswer()));
        this.health = new NodeHealth(queryClass(), track.log());
        this.skipped = new ArrayList<>(lineup.drawn().skipped());
        this.despite.addAll(lineup.drawn().despite());
    }

    private static SubmittedTransaction submitted(Lineup lineup, @Nullable Submission submission) {
        return SubmittedTransaction.of(
                lineup.method(),
                submission == null ? null : submission.transaction().signature());
    }

    private enum Phase {
        RACING,
        RECORDING,
        VERIFYING,
        ENDED
    }

    /// Whatever breaks, the race's number gets its record and the customer an answer.
    void start() {
        track.open().begun();
        guarded(this::begin);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with the race, or does nothing
    private void begin() {
        if (lineup.reservation() == null) {
            end(RaceEnd.unanswered(this));
            return;
        }
        var elapsed = System.nanoTime() - lineup.query().completeAt();
        timer = after(track.parameters().deadline().minusNanos(elapsed), this::deadline);
        standing.hasLater(staging.hasLater());
        ask(staging.first(), 0);
        if (staging.hasLater()) {
            after(staging.delay(track.usual()), this::askLater);
        }
    }

    private void askLater() {
        if (phase == Phase.RACING && staging.hasLater()) {
            standing.hasLater(false);
            guarded(() -> ask(staging.takeLater(), 0));
        }
    }

    /// What a node's bytes mean; large ones are read elsewhere.
    void read(PlaceRun place, byte[] body) {
        if (!reading.isLarge(body) || !reading.elsewhere(body, said -> take(place, said, body))) {
            take(place, reading.here(body), body);
        }
    }

    /// The first bytes of an answer that is not held.
    void begun(PlaceRun place, byte[] head) {
        take(place, reading.ofHead(head), NOT_HELD);
    }

    void replied(PlaceRun place, Reply reply, @Nullable NodeAnswer answer) {
        var step = standing.replied(place.index(), reply, answer);
        switch (phase) {
            case RACING -> guarded(() -> follow(step));
            case VERIFYING -> verifyWhenAllReplied();
            case RECORDING, ENDED -> {}
        }
    }

    /// The answer's record stands in the journal: the answer may leave.
    void recorded() {
        phase = Phase.VERIFYING;
        guarded(() -> news.tellSession(ended().answer()));
        guarded(() -> news.tellSubmission(ended()));
        answer();
        verifyWhenAllReplied();
        if (phase == Phase.VERIFYING) {
            late.await();
        }
    }

    /// Whoever breaks with the answer in hand, the race goes on to its last record.
    private void answer() {
        try {
            done.accept(response());
        } catch (RuntimeException e) {
            log().raceFailed(lineup.address().sequence(), e);
            ended().written();
        }
    }

    /// A long answer has ended, one way or the other.
    void flowed() {
        if (phase == Phase.VERIFYING) {
            verifyWhenAllReplied();
        }
    }

    /// Whether long answers flow instead of being held: only what goes to the customer alone, as one node said it.
    boolean streams() {
        return rule == Standing.Rule.FIRST && lineup.query().batch() == null;
    }

    LargeAnswers large() {
        return large;
    }

    /// The answer's record will never be in the journal: nothing may leave, nothing is charged.
    void lost() {
        phase = Phase.ENDED;
        places.forEach(PlaceRun::forget);
        track.open().ended();
        track.log().raceRecordLost(lineup.address().sequence());
        done.accept(RpcResponse.Single.refused(
                Refusal.of(RefusalCode.UNAVAILABLE), lineup.query().call().id()));
    }

    EventLoop loop() {
        return lineup.query().loop().events();
    }

    RaceTrack track() {
        return track;
    }

    Lineup lineup() {
        return lineup;
    }

    List<PlaceRun> places() {
        return places;
    }

    /// Of both draws, in the order in which they were drawn.
    List<Skipped> skipped() {
        return skipped;
    }

    /// For which reasons nobody would have raced, so that they were passed over, in either draw.
    Set<SkipReason> despite() {
        return despite;
    }

    LastWords lastWords() {
        return lastWords;
    }

    NodeHealth health() {
        return health;
    }

    /// Whether nothing is decided yet.
    boolean isRacing() {
        return phase == Phase.RACING;
    }

    /// Whether its answer is written down, and its last record is not.
    boolean isVerifying() {
        return phase == Phase.VERIFYING;
    }

    boolean isSubmission() {
        return rule == Standing.Rule.DRAWN;
    }

    /// What the customer is told when nobody's answer can be delivered; where the router had no memory for one, asking
    /// again helps.
    Refusal whenUnanswered() {
        for (var place : places) {
            if (place.hadNoRoom()) {
                return Refusal.of(RefusalCode.RATE_LIMITED).with("cause", "OVERLOAD");
            }
        }
        return unanswered;
    }

    QueryClass queryClass() {
        return lineup.method().queryClass();
    }

    RouterLog log() {
        return track.log();
    }

    private RpcResponse.Single response() {
        try {
            return ended().response(this);
        } catch (RuntimeException e) {
            log().raceFailed(lineup.address().sequence(), e);
            ended().written();
            return RpcResponse.Single.refused(
                    Refusal.of(RefusalCode.UNAVAILABLE), lineup.query().call().id());
        }
    }

    /// All of them at once: only then is the fastest found.
    private void ask(List<Placed> drawn, int round) {
        var from = places.size();
        var contenders = new ArrayList<Contender>(drawn.size());
        for (var placed : drawn) {
            var upstream = lineup.market().upstream(placed.node().id());
            var contender =
                    new Contender(placed.place(), Drawing.countsAs(lineup.market(), placed), isDeliverable(placed));
            places.add(new PlaceRun(this, places.size(), placed, round, upstream, contender));
            contenders.add(contender);
        }
        lastWords.asked(contenders.size());
        standing.join(contenders, order(contenders));
        var repeatable = lineup.method().delivery() != Delivery.ONE;
        for (var i = from; i < places.size(); i++) {
            places.get(i).ask(repeatable);
        }
    }

    /// Whom the fee of a transaction goes to first, of those who race.
    private int[] order(List<Contender> contenders) {
        var racing = (int) contenders.stream().filter(Contender::races).count();
        return rule == Standing.Rule.DRAWN ? Draw.submitOrder(racing, lineup.random()) : new int[0];
    }

    private boolean isDeliverable(Placed placed) {
        return placed.ask().priceNano() <= Math.min(lineup.field().ceiling(), reserved())
                && lineup.query().terms().draw().allows(placed.node().operatorId());
    }

    private long reserved() {
        return lineup.reservation() == null ? 0 : lineup.reservation().amount();
    }

    /// Nobody reads the bytes of a failure again, nor those of an answer after the end.
    private void take(PlaceRun place, Reading reading, byte[] body) {
        var begun = place.large();
        if (laggards.hold(place, reading)) {
            release(body, begun);
            return;
        }
        var isOver = phase == Phase.ENDED;
        place.replied(reading);
        if (isOver || place.answer() == null) {
            release(body, begun);
        } else {
            large.hash(end);
        }
    }

    /// Nobody reads these bytes of an answer any more. From any thread.
    void release(byte[] body) {
        memory.shrink(body.length, 0);
    }

    /// What the answers to this customer take.
    AnswerMemory.Share memory() {
        return memory;
    }

    private void release(byte[] body, @Nullable LargeRun begun) {
        release(body);
        if (begun != null) {
            begun.forget();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with the race, or does nothing
    private void waitForOthers() {
        if (!isWaitingForOthers) {
            isWaitingForOthers = true;
            after(track.parameters().submitWait(), () -> {
                if (phase == Phase.RACING) {
                    guarded(() -> follow(standing.waitIsOver()));
                }
            });
        }
    }

    private void follow(Step step) {
        switch (step) {
            case Step.Wait _ -> {}
            case Step.WaitForOthers _ -> waitForOthers();
            case Step.Deliver(var place) -> deliver(places.get(place));
            case Step.AskLater _ -> askLater();
            case Step.Exhausted _ -> drawAgain();
        }
    }

    private void deliver(PlaceRun winner) {
        var room = lineup.query().room();
        if (room != null
                && winner.answer() != null
                && !room.take(winner.answer().body().length)) {
            end(RaceEnd.unanswered(this));
            return;
        }
        end(RaceEnd.won(this, winner));
    }

    /// Nobody of those who were asked can be delivered: others are drawn, once.
    private void drawAgain() {
        var isSecondDraw = places.getLast().round() > 0;
        var again = isSecondDraw || lineup.method().delivery() == Delivery.ONE
                ? null
                : track.drawing()
                        .drawAgain(lineup, places.stream().map(PlaceRun::placed).toList(), reserved());
        if (again != null) {
            skipped.addAll(again.skipped());
            despite.addAll(again.despite());
        }
        if (again == null || again.places().isEmpty()) {
            end(RaceEnd.unanswered(this, lastWords.toTell()));
        } else {
            ask(again.places(), 1);
        }
    }

    void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            log().raceFailed(lineup.address().sequence(), e);
            if (phase == Phase.RACING) {
                end(RaceEnd.unanswered(this));
            }
        }
    }

    private void deadline() {
        if (phase == Phase.RACING) {
            end(RaceEnd.unanswered(this));
        }
    }

    /// The race has its number, so its record goes also into a journal that is full since.
    private void end(RaceEnd how) {
        var entry = new AnsweredEntry(this, how);
        phase = Phase.RECORDING;
        stopTimer();
        end = how;
        spareLater();
        if (track.journal().appendMark(entry, loop())) {
            large.hash(how);
        } else {
            giveUp();
        }
    }

    private void spareLater() {
        for (var placed : staging.takeLater()) {
            lineup.market().upstream(placed.node().id()).notAsked();
        }
    }

    private void giveUp() {
        if (lineup.reservation() != null) {
            lineup.reservation().cancel();
        }
        lost();
    }

    private RaceEnd ended() {
        if (end == null) {
            throw new IllegalStateException("a race is recorded when it has ended");
        }
        return end;
    }

    void verifyWhenAllReplied() {
        if (phase == Phase.VERIFYING && late.areOver(ended().winner(), standing.allReplied(), large)) {
            verify();
        }
    }

    private void verify() {
        phase = Phase.ENDED;
        late.stop();
        news.tellTakers();
        large.abandonBut(ended().winner());
        track.payloads().keep(Payload.of(this));
        new Conclusion(this, ended()).write();
    }

    Future<?> after(Duration time, Runnable what) {
        return loop().schedule(what, Math.max(0, time.toNanos()), TimeUnit.NANOSECONDS);
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
