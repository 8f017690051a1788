package io.streamsync.router.pubsub;

import io.netty.channel.EventLoop;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.router.market.MarketView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One subscription as nodes serve it, shared by all clients with equal ones: kept at as many operators' nodes as it
/// takes to lose nothing with one of them, and moved on when one is lost, leaves the market or falls behind.
final class Broadcast {

    private final List<Relay> relays = new ArrayList<>();
    private final Map<EventLoop, Audience> audiences = new HashMap<>();
    private final Set<OperatorId> tried = new HashSet<>();
    private final BroadcastKey key;
    private final Broadcasts all;
    private final NodeChoice choice;
    private final Patience patience;
    private final Merge merge;
    private final Pauses pauses;
    private final long soughtSince = System.nanoTime();
    private @Nullable ScheduledFuture<?> next;
    private @Nullable MarketView seen;
    private long missingSince = System.nanoTime();
    private long settledAt = System.nanoTime();
    private int refusals;
    private boolean over;

    Broadcast(BroadcastKey key, Broadcasts all) {
        this.key = key;
        this.all = all;
        this.choice = all.nodes().choice();
        this.patience = all.nodes().patience();
        this.merge = new Merge(kind().telling(), patience.overlap().toNanos(), all.remembered());
        this.pauses = new Pauses(patience, choice::jitter);
    }

    void join(Subscription subscription) {
        var loop = subscription.session().events();
        audiences
                .computeIfAbsent(loop, clients -> new Audience(all.handOver(clients)))
                .add(subscription);
        var running = running();
        if (running != null) {
            all.handOver(loop).pass(0, () -> subscription.runs(running.node()));
        }
        seekNext();
    }

    void leave(Subscription subscription) {
        var loop = subscription.session().events();
        var audience = audiences.get(loop);
        if (audience != null) {
            audience.remove(subscription);
            if (audience.isEmpty()) {
                audiences.remove(loop);
            }
        }
        if (audiences.isEmpty()) {
            end();
        }
    }

    /// A node serves it now.
    Strand begins(Relay relay) {
        if (relays.stream().noneMatch(Relay::isRunning)) {
            settledAt = System.nanoTime();
            audiences.values().forEach(audience -> audience.begins(relay.node()));
        }
        var strand = merge.begin(System.nanoTime());
        seekNext();
        return strand;
    }

    void tells(Relay relay, Strand strand, Notice notice) {
        merge.tells(strand, notice, System.nanoTime(), told -> tell(relay, told));
    }

    /// Of what clients have already they need not know. The first time, when no node takes it, they are told in the
    /// words of the last.
    void refused(Relay relay, byte[] message, int from, int to) {
        relays.remove(relay);
        tried.add(relay.node().countsAs());
        refusals++;
        var isNew = relays.isEmpty() && !merge.hasBegun();
        if (isNew && (refusals >= kind().places() || draw() == null)) {
            audiences.values().forEach(audience -> audience.refuse(message, from, to));
            end();
        } else {
            pauses.failed();
            seekNext();
        }
    }

    /// Nodes hang up upon it. Clients that have it already keep it as long as somebody serves it.
    void gaveUp(Relay relay) {
        lost(relay);
        if (!over && !merge.hasBegun()) {
            audiences.values().forEach(Audience::giveUp);
            end();
        }
    }

    void lost(Relay relay) {
        relays.remove(relay);
        forgive();
        tried.add(relay.node().countsAs());
        ended(relay);
        pauses.failed();
        seekNext();
    }

    void pauses(Conversation conversation) {
        all.pause(conversation);
    }

    void look(long now) {
        if (over) {
            return;
        }
        dismissUnlisted();
        leaveBehind(now);
        merge.look(now);
        if (merge.isTorn(now, patience.gap().toNanos())) {
            close(CloseReason.MISSED);
        } else if (running() == null
                && now - missingSince >= patience.withoutNode().toNanos()) {
            close(CloseReason.NO_NODE);
        } else {
            seekNext();
        }
    }

    private SubscriptionKind kind() {
        return key.subject().kind();
    }

    private void tell(Relay relay, Notice notice) {
        for (var audience : audiences.values()) {
            if (!audience.tell(relay.node(), notice)) {
                relay.pause();
            }
        }
        if (kind() == SubscriptionKind.SIGNATURE && notice.isLast()) {
            end();
        }
    }

    private @Nullable Relay running() {
        return relays.stream().filter(Relay::isRunning).findFirst().orElse(null);
    }

    private void ended(Relay relay) {
        var strand = relay.strand();
        if (strand != null) {
            merge.end(strand, System.nanoTime());
        }
        if (strand != null && running() == null) {
            missingSince = System.nanoTime();
        }
    }

    /// A node that lasted was no failure: what happened before it does not count.
    private void forgive() {
        if (running() != null
                || System.nanoTime() - settledAt >= patience.longestPause().toNanos()) {
            pauses.forgive();
            tried.clear();
        }
    }

    private void seekNext() {
        if (!over && next == null && relays.size() < kind().places()) {
            next = all.loop().events().schedule(this::seek, pauses.next(), TimeUnit.NANOSECONDS);
        }
    }

    private void seek() {
        next = null;
        while (!over && relays.size() < places()) {
            var node = draw();
            if (node == null) {
                tried.clear(); // everybody had a turn, or nobody is there
                node = draw();
            }
            if (node == null) {
                return; // looked for again
            }
            var relay = new Relay(this, node);
            relays.add(relay);
            all.subscribe(key.subject(), relay);
        }
    }

    /// One to begin with, for a moment: what it asks for may be what nodes hang up upon, and not two of them at once
    /// are to find that out.
    private int places() {
        var isAlone = !merge.hasBegun()
                && System.nanoTime() - soughtSince < patience.first().toNanos();
        return isAlone ? 1 : kind().places();
    }

    private NodeChoice.@Nullable Chosen draw() {
        var without = new HashSet<>(tried);
        relays.forEach(relay -> without.add(relay.node().countsAs()));
        return choice.draw(key.terms(), without, node -> all.carries(node, key.subject()));
    }

    private void dismissUnlisted() {
        var view = choice.market();
        if (view == seen) {
            return;
        }
        seen = view;
        for (var relay : List.copyOf(relays)) {
            var node = choice.again(relay.node(), key.terms());
            if (node == null || relay.isTooDear(node)) {
                relay.end();
                relays.remove(relay);
                ended(relay);
            } else {
                relay.asks(node);
            }
        }
    }

    /// Behind are those who do not tell what another told, and of slots those who do not tell what the market knows.
    private void leaveBehind(long now) {
        var reached = merge.last() - patience.slotLag();
        var isSlot = kind() == SubscriptionKind.SLOT;
        for (var relay : List.copyOf(relays)) {
            if (!relay.isBehind(
                    isSlot ? Math.max(reached, choice.lowestSlot()) : reached,
                    now,
                    patience.behind().toNanos())) {
                continue;
            }
            if (isSlot) {
                relay.stands();
            } else {
                relay.end(); // it may have had its reasons, such as a fork
                lost(relay);
            }
        }
    }

    private void close(CloseReason reason) {
        audiences.values().forEach(audience -> audience.end(reason));
        end();
    }

    private void end() {
        over = true;
        if (next != null) {
            next.cancel(false);
        }
        relays.forEach(Relay::end);
        relays.clear();
        audiences.clear();
        merge.close();
        all.forget(key, this);
    }
}
