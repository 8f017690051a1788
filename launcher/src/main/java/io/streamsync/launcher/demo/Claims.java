package io.streamsync.launcher.demo;

import io.streamsync.launcher.market.Progress;
import java.util.ArrayList;
import java.util.List;

/// What the story claims of the market, each with whether it held.
final class Claims {

    private final Progress progress;
    private final List<String> broken = new ArrayList<>();

    Claims(Progress progress) {
        this.progress = progress;
    }

    void check(boolean held, String claim) {
        progress.say((held ? "  holds: " : "  DOES NOT HOLD: ") + claim);
        if (!held) {
            broken.add(claim);
        }
    }

    /// Those that did not hold.
    List<String> broken() {
        return List.copyOf(broken);
    }
}
