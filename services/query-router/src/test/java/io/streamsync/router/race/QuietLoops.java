package io.streamsync.router.race;

import io.streamsync.router.log.RouterLog;
import java.time.Duration;

/// A watch that nobody looks at: nothing is ever late.
public final class QuietLoops {

    private QuietLoops() {}

    public static LoopWatch watch() {
        var properties = new AdmissionProperties(Duration.ofMillis(20), Duration.ofMillis(100));
        return new LoopWatch(new Shares(1000), new HeapRest(), properties, new RouterLog());
    }
}
