package io.streamsync.router.race;

import io.streamsync.router.node.Loop;
import org.jspecify.annotations.Nullable;

/// A request as the race needs it, whatever server took it in.
public interface RpcRequest {

    @Nullable
    String header(String name);

    @Nullable
    String parameter(String name);

    byte[] body();

    /// Where the request arrived, and the whole race runs.
    Loop loop();

    /// `System.nanoTime()` at which the request was complete: latency runs from here.
    long completeAt();

    /// The same moment in Unix ms.
    long occurredAt();
}
