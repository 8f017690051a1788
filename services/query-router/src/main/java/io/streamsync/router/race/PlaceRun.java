package io.streamsync.router.race;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.answer.NodeAnswer.Kind;
import io.streamsync.protocol.answer.Replies;
import io.streamsync.protocol.answer.Reply;
import io.streamsync.protocol.answer.Reply.Content;
import io.streamsync.protocol.answer.Reply.Failure;
import io.streamsync.protocol.draw.Placed;
import io.streamsync.protocol.record.StreamRecord.AskedPlace;
import io.streamsync.protocol.record.StreamRecord.PlaceOutcome;
import io.streamsync.router.node.AnswerMemory;
import io.streamsync.router.node.NodeFailure;
import io.streamsync.router.node.NodeReply;
import io.streamsync.router.node.NodeStream;
import io.streamsync.router.node.Upstream;
import io.streamsync.router.verification.Statement;
import org.jspecify.annotations.Nullable;

/// One place of a race while it runs: asks its node, reads what comes back and tells the race.
final class PlaceRun implements NodeReply {

    /// Together with the pauses between them, enough for a node at the edge of what is plausible.
    private static final int MOST_HOLDS = 3;

    private final Race race;
    private final int index;
    private final Placed placed;
    private final int round;
    private final Upstream upstream;
    private final Contender contender;
    private long askedAt;
    private int holds;
    private boolean hadNoRoom;
    private long latencyMicros = -1;
    private boolean isInTime;
    private @Nullable Reply reply;
    private @Nullable NodeAnswer answer;
    private @Nullable LargeRun large;

    PlaceRun(Race race, int index, Placed placed, int round, Upstream upstream, Contender contender) {
        this.race = race;
        this.index = index;
        this.placed = placed;
        this.round = round;
        this.upstream = upstream;
        this.contender = contender;
    }

    int index() {
        return index;
    }

    int round() {
        return round;
    }

    Placed placed() {
        return placed;
    }

    Upstream upstream() {
        return upstream;
    }

    /// From asking the node to the first byte of its answer.
    long latencyMicros() {
        return latencyMicros;
    }

    long firstByteAt() {
        return askedAt + latencyMicros * 1_000;
    }

    @Nullable
    NodeAnswer answer() {
        return answer;
    }

    boolean hasContent() {
        return reply instanceof Content;
    }

    /// Whether the router had no memory for its answer.
    boolean hadNoRoom() {
        return hadNoRoom;
    }

    /// Of an answer that is not held; null of any other.
    @Nullable
    LargeRun large() {
        return large;
    }

    void ask(boolean repeatable) {
        askedAt = System.nanoTime();
        upstream.asked(race.queryClass());
        race.track()
                .nodes()
                .ask(race.lineup().query().loop(), upstream, race.lineup().request(), repeatable, this);
    }

    /// Not as far as it must be: to be asked again.
    ///
    /// @param inWords whether it says so itself, of something that need not be there soon: once is enough then, and
    ///     only in the first draw
    /// @return false when it has been asked often enough
    boolean hold(boolean inWords) {
        if (holds == MOST_HOLDS || (inWords && (holds > 0 || round > 0))) {
            return false;
        }
        holds++;
        latencyMicros = -1;
        large = null;
        return true;
    }

    boolean wasHeld() {
        return holds > 0;
    }

    @Override
    public void answered(byte[] body, long firstByteAt) {
        upstream.done(race.queryClass());
        latencyMicros = (firstByteAt - askedAt) / 1_000;
        race.read(this, body);
    }

    @Override
    public int held() {
        return race.streams() ? race.track().parameters().largeAnswer() : Integer.MAX_VALUE;
    }

    @Override
    public AnswerMemory.Share memory() {
        return race.memory();
    }

    @Override
    public boolean packed() {
        return race.lineup().method().heavy();
    }

    @Override
    public void streams(NodeStream stream, long firstByteAt) {
        latencyMicros = (firstByteAt - askedAt) / 1_000;
        large = new LargeRun(race, this, stream);
        race.begun(this, stream.head());
    }

    /// The node did not see its long answer through.
    void brokeOff(NodeFailure failure, Failure meaning) {
        race.health().broken(healthAsked(), failure, meaning);
    }

    @Override
    public void failed(NodeFailure failure) {
        upstream.done(race.queryClass());
        var meaning = meaning(failure);
        reply = meaning;
        isInTime = race.isRacing();
        race.health().broken(healthAsked(), failure, meaning);
        hadNoRoom |= failure.kind() == NodeFailure.Kind.NO_ROOM;
        race.replied(this, meaning, null);
    }

    /// What the bytes came to. A checker's answer from before the slot that the customer needs is none to deliver, but
    /// evidence like any other.
    void replied(Reading reading) {
        var said = reading.answer();
        tellTip(said);
        reply = reading.reply();
        isInTime = race.isRacing();
        if (hasContent() && !wasHeld()) {
            race.track().usual().answered(race.lineup().method().name(), latencyMicros);
        }
        var isEvidence = said != null
                && (!(reply instanceof Failure)
                        || (reading.isBehind(race.lineup().bounds().needed())
                                && said.kind() == Kind.RESULT
                                && !placed.place().races()));
        answer = isEvidence ? said : null;
        race.health().replied(healthAsked(), reading.reply(), said);
        race.lastWords().replied(contender, reading.reply(), said);
        race.replied(this, reading.reply(), reading.reply() instanceof Failure ? null : answer);
    }

    /// The race's records are lost: nothing of what was said is of use any more.
    void forget() {
        if (large != null) {
            large.forget();
        }
        if (answer != null) {
            race.release(answer.body());
        }
    }

    /// What a node says of the chain says it whether or not the answer is of use.
    void tellTip(@Nullable NodeAnswer said) {
        var told = race.lineup().bounds().told();
        if (told != null && said != null && said.slot().isPresent()) {
            race.track().tips().told(upstream, told, said.slot().getAsLong(), askedAt);
        }
    }

    private NodeHealth.Asked healthAsked() {
        return new NodeHealth.Asked(upstream, contender.countsAs(), askedAt);
    }

    AskedPlace record() {
        return new AskedPlace(placed.node().id(), placed.node().operatorId(), placed.place(), round);
    }

    Statement statement() {
        return large != null && answer != null ? large.statement(asked()) : asked();
    }

    private Statement asked() {
        return new Statement(
                placed.node().id(),
                placed.node().operatorId(),
                placed.place(),
                answer == null ? -1 : latencyMicros,
                reply == null ? null : answer == null ? PlaceOutcome.FAILURE : PlaceOutcome.ANSWER,
                answer,
                answer == null && reply instanceof Failure failure && failure.counts(),
                reply == null ? null : WhyNot.of(reply, isInTime, contender, race.isSubmission()));
    }

    static Failure meaning(NodeFailure failure) {
        return switch (failure.kind()) {
            case STATUS -> Replies.ofStatus(failure.status());
            case CONNECT -> new Failure("connect", true, false);
            case TIMEOUT -> new Failure("timeout", true, false);
            case BROKEN_OFF -> new Failure("broken off", true, false);
            case MALFORMED -> new Failure("malformed", true, false);
            case TOO_LARGE, NO_ROOM -> new Failure("too large", false, false);
            case POOL_FULL -> new Failure("pool full", false, false);
        };
    }
}
