package io.streamsync.router.race;

import java.util.ArrayDeque;
import java.util.Queue;

/// The heavy calls of one batch, which may answer with more than the batch has room for: what there is no
/// room for is free, and nodes have worked for it. So no more of them are under way at a time than were
/// paid for, and a few; and none is begun when the room is full. Belongs to the batch's loop.
final class HeavyElements {

    private static final int FEW = 8;

    private final Queue<Element> waiting = new ArrayDeque<>();
    private final BatchRoom room;
    private int underWay;
    private int paid;

    HeavyElements(BatchRoom room) {
        this.room = room;
    }

    /// A call that waits for its turn.
    interface Element {

        void ask();

        /// There is no room for its answer any more.
        void refuse();
    }

    void add(Element element) {
        waiting.add(element);
    }

    /// Asks those whose turn it is.
    void goOn() {
        while (!waiting.isEmpty() && (room.isFull() || underWay < FEW + paid)) {
            var next = waiting.remove();
            if (room.isFull()) {
                next.refuse();
            } else {
                underWay++;
                next.ask();
            }
        }
    }

    void ended(boolean isPaid) {
        underWay--;
        paid += isPaid ? 1 : 0;
        goOn();
    }
}
