package io.streamsync.router.flow;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.streamsync.router.node.NodeFailure;
import io.streamsync.router.node.NodeFailure.Kind;
import io.streamsync.router.node.NodeStream;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A long answer between its node and what becomes of it: it waits until the race knows, then goes to the customer or
/// is read for its hash alone. One piece of it at a time is worked on; when the customer does not read, nothing is, and
/// the node is not read either. Belongs to the query's loop.
public final class LargeAnswer {

    /// Of one turn, before it is packed.
    private static final int OUT = 80 * 1024;

    private final NodeStream source;
    private final EventLoop loop;
    private final Flows flows;
    private final Conversion conversion;
    private final Consumer<Ending> ended;
    private @Nullable Outlet outlet;
    private boolean flowing;
    private boolean busy;
    private boolean isLeft;
    private @Nullable Future<?> lateness;
    private @Nullable Ending ending;

    /// @param expectedId the id that was sent to the node, as JSON text
    /// @param keep whether its bytes are to be kept as far as possible
    /// @param ended told once, on the loop
    public LargeAnswer(
            NodeStream source, EventLoop loop, Flows flows, String expectedId, boolean keep, Consumer<Ending> ended) {
        this.source = source;
        this.loop = loop;
        this.flows = flows;
        this.conversion = new Conversion(source, expectedId, flows.largest(), keep ? new Kept(source) : null);
        this.ended = ended;
    }

    public boolean isOver() {
        return ending != null;
    }

    /// Nobody will get it; only its hash is wanted.
    public void hash() {
        flow();
    }

    public void deliver(Outlet to, Dressing dressing) {
        if (ending != null || isLeft) {
            to.breakOff();
            return;
        }
        outlet = to;
        if (!flows.deliveries().begin(this)) {
            breakOff();
            return;
        }
        conversion.packAs(dressing);
        flow();
    }

    /// The outlet takes more again.
    public void goOn() {
        if (flowing) {
            advance();
        }
    }

    /// The customer is gone: the rest is read for its hash, so that who leaves pays for what a node had to say,
    /// and for nothing that has no end. Not whole in time, it is nobody's failure. Any number of times.
    public void leave() {
        if (ending != null || isLeft) {
            return;
        }
        if (flows.deliveries().areOver()) {
            breakOff();
            return;
        }
        isLeft = true;
        flows.deliveries().end(this);
        lateness = loop.schedule(
                () -> end(new Ending.Broken(NodeFailure.of(Kind.TOO_LARGE))),
                flows.readOn().toNanos(),
                TimeUnit.NANOSECONDS);
        var left = outlet;
        outlet = null;
        if (left != null) {
            left.breakOff();
        }
        flow();
        goOn();
    }

    /// This router's doing and nobody's failure.
    void breakOffOnItsLoop() {
        loop.execute(this::breakOff);
    }

    private void breakOff() {
        end(new Ending.Broken(NodeFailure.of(Kind.POOL_FULL)));
    }

    /// Nobody wants the rest. Any number of times.
    public void abandon() {
        end(new Ending.Abandoned());
    }

    private void flow() {
        if (!flowing && ending == null) {
            flowing = true;
            source.read(this::advance);
            advance();
        }
    }

    private void advance() {
        if (busy || ending != null || (outlet != null && !outlet.isReady())) {
            return;
        }
        var piece = conversion.isUsedUp() ? source.next() : null;
        if (piece != null || !conversion.isUsedUp()) {
            work(piece, false);
        } else if (source.isEnded()) {
            work(null, true);
        } else if (source.failure() != null) {
            end(new Ending.Broken(source.failure()));
        }
    }

    private void work(@Nullable ByteBuf piece, boolean last) {
        busy = true;
        var out = outlet == null ? null : ByteBufAllocator.DEFAULT.directBuffer(OUT);
        try {
            flows.workers().execute(() -> {
                var result = worked(piece, last, out);
                loop.execute(() -> took(result, out));
            });
        } catch (RejectedExecutionException stopping) {
            if (piece != null) {
                piece.release();
            }
            took(new Ending.Broken(NodeFailure.of(Kind.POOL_FULL)), out);
        }
    }

    /// Away from the loop. Whatever breaks there ends this answer and no other.
    ///
    /// @return null while it goes on
    private @Nullable Ending worked(@Nullable ByteBuf piece, boolean last, @Nullable ByteBuf out) {
        try {
            if (piece != null) {
                conversion.add(piece);
            }
            if (last) {
                return conversion.end(out);
            }
            var failure = conversion.turn(out);
            return failure == null ? null : new Ending.Broken(failure);
        } catch (RuntimeException e) {
            flows.log().queryFailed(e);
            return new Ending.Broken(NodeFailure.of(Kind.POOL_FULL));
        }
    }

    private void took(@Nullable Ending result, @Nullable ByteBuf out) {
        busy = false;
        if (ending != null) {
            release(out);
            if (result instanceof Ending.Whole(var _, var body) && body != null) {
                source.giveBack(body.length, 0);
            }
            clear();
            return;
        }
        write(out, result instanceof Ending.Broken);
        if (result == null) {
            advance();
        } else {
            end(result);
        }
    }

    private void write(@Nullable ByteBuf out, boolean broken) {
        if (out == null || outlet == null || broken || !out.isReadable()) {
            release(out);
        } else {
            outlet.write(out);
        }
    }

    private void end(Ending how) {
        if (ending != null) {
            return;
        }
        ending = how;
        flows.deliveries().end(this);
        if (lateness != null) {
            lateness.cancel(false);
        }
        if (!busy) {
            clear();
        }
        if (outlet != null) {
            switch (how) {
                case Ending.Whole _ -> outlet.end();
                case Ending.Broken _, Ending.Abandoned _ -> outlet.breakOff();
            }
        }
        ended.accept(how);
    }

    /// The source's buffers may be in use until the last turn is over.
    private void clear() {
        conversion.close();
        source.close();
    }

    private static void release(@Nullable ByteBuf out) {
        if (out != null) {
            out.release();
        }
    }
}
