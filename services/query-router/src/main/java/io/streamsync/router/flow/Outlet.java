package io.streamsync.router.flow;

import io.netty.buffer.ByteBuf;

/// Where a long answer goes to: a customer's connection. All on the customer's loop.
public interface Outlet {

    /// Whether it takes more now; when it does again, it says so to [LargeAnswer#goOn].
    boolean isReady();

    /// Takes the buffer over.
    void write(ByteBuf piece);

    /// All of it was written.
    void end();

    /// There will be no more, and what there is must not be taken for an answer.
    void breakOff();
}
