package io.streamsync.router.pubsub;

import io.streamsync.router.node.Loop;
import io.streamsync.router.node.NodeSocket;
import io.streamsync.router.node.SocketListener;
import io.streamsync.router.node.Upstream;
import io.streamsync.router.pubsub.EarlyNotifications.Early;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What is said on one WebSocket to one node: which call its answers belong to, and which lines its notifications.
/// Nodes give equal subscriptions of one connection the same id, and one unsubscription ends them all: so an id may
/// have many lines, and is given up only when it has none and none can be about to get it.
final class Conversation implements SocketListener {

    /// More is no word of a refusal's, and a batch keeps up to a hundred of them.
    private static final int LARGEST_REFUSAL = 64 * 1024;

    private static final int MOST_SUSPECTS = 3;

    private final Map<Subject, Line> lines = new HashMap<>();
    private final SequencedMap<Long, Asked> asked = new LinkedHashMap<>();
    private final Map<Long, List<Line>> running = new HashMap<>();
    private final Map<Long, SubscriptionKind> leaving = new HashMap<>();
    private final EarlyNotifications early = new EarlyNotifications();
    private final Upstream node;
    private final NodeConversations all;
    private final Patience patience;
    private final NodeSocket socket;
    private final boolean forOne;
    private final ScheduledFuture<?> looking;
    private long lastCall;
    private long heardAt = System.nanoTime();
    private long unusedSince = System.nanoTime();
    private boolean open;
    private boolean over;

    /// @param forOne whether nothing else is to be asked for on it
    Conversation(Loop loop, Upstream node, NodeAccess nodes, NodeConversations all, boolean forOne) {
        this.forOne = forOne;
        this.node = node;
        this.all = all;
        this.patience = nodes.patience();
        this.socket = nodes.sockets().connect(loop, node, this);
        var period = patience.look().toNanos();
        this.looking = loop.events().scheduleWithFixedDelay(this::look, period, period, TimeUnit.NANOSECONDS);
    }

    Upstream node() {
        return node;
    }

    boolean carries(Subject subject) {
        return lines.containsKey(subject);
    }

    int size() {
        return lines.size();
    }

    boolean isForOne() {
        return forOne;
    }

    /// A relay hears of it later, and not before this returns.
    ///
    /// @return what to [#unsubscribe] from
    Line subscribe(Subject subject, Relay relay, Loop loop) {
        var known = lines.get(subject);
        if (known != null) {
            known.add(relay);
            if (known.nodesId() != null) {
                loop.events().execute(relay::runs);
            }
            return known;
        }
        var line = new Line(subject);
        line.add(relay);
        lines.put(subject, line);
        if (open) {
            ask(line);
        }
        return line;
    }

    void unsubscribe(Line line, Relay relay) {
        line.remove(relay);
        if (over || line.isHeard() || lines.get(line.subject()) != line) {
            return;
        }
        var id = line.nodesId();
        if (id == null && open) {
            return; // its answer is on the way
        }
        forget(line);
        if (id != null) {
            endRunning(line, id);
            leave();
        }
    }

    /// Stops or goes on reading what the node says.
    void reads(boolean reads) {
        socket.reads(reads);
    }

    void end() {
        over = true;
        open = false;
        looking.cancel(false);
        socket.close();
    }

    @Override
    public void opened() {
        open = true;
        heardAt = System.nanoTime();
        all.opened();
        for (var line : List.copyOf(lines.values())) {
            ask(line);
        }
    }

    @Override
    public void alive() {
        heardAt = System.nanoTime();
    }

    @Override
    public void closed() {
        lost(open ? NodeLoss.CLOSED : NodeLoss.NOT_REACHED);
    }

    @Override
    public void received(byte[] message) {
        switch (NodeMessage.read(message)) {
            case NodeMessage.Answer(var id, var from, var to) -> answered(id, message, from, to);
            case NodeMessage.Refusal(var id, var from, var to) -> refused(id, message, from, to);
            case NodeMessage.Notification(var id, var from, var to) -> notified(id, message, from, to);
            case NodeMessage.Unreadable _ -> lost(NodeLoss.UNREADABLE);
        }
    }

    void lost(NodeLoss reason) {
        if (over) {
            return;
        }
        end();
        var relays =
                lines.values().stream().flatMap(line -> line.relays().stream()).toList();
        var hopeless = hopeless(reason);
        all.lost(this, reason);
        relays.forEach(relay -> relay.lost(hopeless.contains(relay)));
    }

    /// Nodes read in order: what a node hung up upon, or does not answer, is among the first that it has not answered.
    ///
    /// @return of these whoever waits for what nodes hang up upon again and again
    private Set<Relay> hopeless(NodeLoss reason) {
        var hopeless = new HashSet<Relay>();
        if (reason == NodeLoss.CLOSED || reason == NodeLoss.NO_ANSWER) {
            asked.values().stream().limit(MOST_SUSPECTS).map(Asked::line).forEach(line -> {
                if (all.suspect(line.subject())) {
                    hopeless.addAll(line.relays());
                }
            });
        }
        return hopeless;
    }

    private void ask(Line line) {
        lastCall++;
        asked.put(lastCall, new Asked(line, System.nanoTime()));
        socket.send(line.toNode(lastCall));
    }

    private void answered(long callId, byte[] message, int from, int to) {
        var answer = asked.remove(callId);
        if (answer == null) {
            return; // of an unsubscription
        }
        var id = NodeMessageReader.number(message, from, to);
        if (id == null) {
            lost(NodeLoss.UNREADABLE);
            return;
        }
        var line = answer.line();
        all.answered(line.subject());
        line.runs(id);
        if (line.isHeard()) {
            running.computeIfAbsent(id, _ -> new ArrayList<>()).add(line);
            line.relays().forEach(Relay::runs);
            early.take(id).forEach(told -> notified(id, told.message(), told.from(), told.to()));
        } else {
            forget(line);
            leaving.putIfAbsent(id, line.kind());
        }
        leave();
    }

    /// @param callId null for a call that the node could not read: nodes answer in order, so it is the oldest. What one
    ///     client asks must not end the connection for all.
    private void refused(@Nullable Long callId, byte[] message, int from, int to) {
        if (message.length > LARGEST_REFUSAL || (callId == null && asked.isEmpty())) {
            lost(NodeLoss.UNREADABLE);
            return;
        }
        var answer = asked.remove(callId == null ? asked.firstEntry().getKey() : callId);
        if (answer != null) {
            all.answered(answer.line().subject());
            forget(answer.line());
            answer.line().relays().forEach(relay -> relay.refused(message, from, to));
        }
        leave();
    }

    private void notified(long id, byte[] message, int from, int to) {
        var heard = running.get(id);
        if (heard == null) {
            if (!asked.isEmpty()) {
                early.keep(new Early(id, message, from, to)); // its answer may be on the way
            }
            return;
        }
        var notice = Notice.of(heard.getFirst().kind(), message, from, to);
        if (!all.isPlausible(notice)) {
            lost(NodeLoss.IMPLAUSIBLE);
            return;
        }
        for (var line : List.copyOf(heard)) {
            if (line.kind() == SubscriptionKind.SIGNATURE && notice.isLast()) {
                forget(line); // the node has forgotten it, too
                running.remove(id);
            }
            line.relays().forEach(relay -> relay.notified(notice));
        }
    }

    private void endRunning(Line line, long id) {
        var lines = running.get(id);
        if (lines != null && lines.remove(line) && lines.isEmpty()) {
            running.remove(id);
            leaving.put(id, line.kind());
        }
    }

    private void forget(Line line) {
        lines.remove(line.subject(), line);
        unusedSince = System.nanoTime();
    }

    /// Gives up the node's ids that nobody has, unless one may be the answer to what was just asked.
    private void leave() {
        if (!asked.isEmpty()) {
            return;
        }
        early.clear();
        leaving.forEach((id, kind) -> {
            if (!running.containsKey(id)) {
                lastCall++;
                socket.send(("{\"jsonrpc\":\"2.0\",\"id\":" + lastCall + ",\"method\":\"" + kind.unsubscribe()
                                + "\",\"params\":[" + Long.toUnsignedString(id) + "]}")
                        .getBytes(StandardCharsets.US_ASCII));
            }
        });
        leaving.clear();
    }

    private void look() {
        var now = System.nanoTime();
        var silent = now - heardAt;
        if (open && silent >= patience.nodeSilence().toNanos()) {
            lost(NodeLoss.SILENT);
        } else if (isOverdue(now)) {
            lost(NodeLoss.NO_ANSWER);
        } else if (lines.isEmpty() && now - unusedSince >= patience.unused().toNanos()) {
            end();
            all.left(this);
        } else if (open && silent >= patience.nodeQuiet().toNanos()) {
            socket.ping();
        }
    }

    private boolean isOverdue(long now) {
        var oldest = asked.isEmpty() ? null : asked.firstEntry().getValue();
        return oldest != null && now - oldest.at() >= patience.answer().toNanos();
    }

    /// @param line an answer is due for
    private record Asked(Line line, long at) {}
}
