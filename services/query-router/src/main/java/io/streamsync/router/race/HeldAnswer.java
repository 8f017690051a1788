package io.streamsync.router.race;

import java.util.concurrent.atomic.AtomicInteger;

/// The winner's answer, which two read: the comparison, and the customer's connection for as long as the
/// customer takes. Its memory is given back when both are done, each told as often as it likes.
final class HeldAnswer {

    private static final int COMPARED = 1;
    private static final int WRITTEN = 2;

    private final Runnable giveBack;
    private final AtomicInteger readers = new AtomicInteger(COMPARED | WRITTEN);

    HeldAnswer(Runnable giveBack) {
        this.giveBack = giveBack;
    }

    void compared() {
        done(COMPARED);
    }

    void written() {
        done(WRITTEN);
    }

    private void done(int reader) {
        if (readers.getAndUpdate(left -> left & ~reader) == reader) {
            giveBack.run();
        }
    }
}
