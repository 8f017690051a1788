package io.streamsync.router.tip;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.market.ListedNode;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.tip.Commitment;
import io.streamsync.router.node.NodeFailure;
import io.streamsync.router.node.NodeReply;
import io.streamsync.router.node.Upstream;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// One node asked for its slot, in the form of any customer's query: a node must not know whom it answers.
final class Probe implements NodeReply {

    private static final String METHOD = "getSlot";
    private static final int RATE_LIMITED = 429;
    private static final long IDS = 1L << 20;

    private final ProbeRound round;
    private final ListedNode node;
    private final OperatorId countsAs;
    private final Upstream upstream;
    private final String id = Long.toString(ThreadLocalRandom.current().nextLong(IDS));
    private long askedAt;
    private @Nullable Long latencyMicros;
    private @Nullable Long slot;

    /// @param countsAs the node's operator, or the one under which that counts
    Probe(ProbeRound round, ListedNode node, OperatorId countsAs, Upstream upstream) {
        this.round = round;
        this.node = node;
        this.countsAs = countsAs;
        this.upstream = upstream;
    }

    byte[] request() {
        return ("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + METHOD + "\",\"params\":[{\"commitment\":\""
                        + Commitment.PROCESSED.wireName() + "\"}]}")
                .getBytes(US_ASCII);
    }

    ListedNode node() {
        return node;
    }

    OperatorId countsAs() {
        return countsAs;
    }

    Upstream upstream() {
        return upstream;
    }

    long askedAt() {
        return askedAt;
    }

    /// It could not even be asked: no fault of the node's.
    void broke() {
        round.unknown();
    }

    /// Null when the node did not say.
    @Nullable
    Long slot() {
        return slot;
    }

    @Nullable
    Long latencyMicros() {
        return latencyMicros;
    }

    void asked(long now) {
        askedAt = now;
    }

    @Override
    public void answered(byte[] body, long firstByteAt) {
        latencyMicros = (firstByteAt - askedAt) / 1_000;
        var answer = NodeAnswer.parse(body, METHOD, id);
        if (answer == null || answer.slot().isEmpty()) {
            round.failed(this, "said no slot");
        } else {
            slot = answer.slot().getAsLong();
            round.answered(this, askedAt);
        }
    }

    @Override
    public void failed(NodeFailure failure) {
        var isOurs = failure.kind() == NodeFailure.Kind.POOL_FULL || failure.kind() == NodeFailure.Kind.NO_ROOM;
        if (failure.status() == RATE_LIMITED || isOurs) {
            round.unknown();
        } else {
            round.failed(this, failure.kind().name());
        }
    }
}
