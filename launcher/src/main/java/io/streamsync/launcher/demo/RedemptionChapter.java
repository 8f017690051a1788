package io.streamsync.launcher.demo;

import io.streamsync.launcher.market.Progress;
import io.streamsync.launcher.process.Pause;
import java.time.Duration;
import java.util.List;

/// Who was flagged answers beside the checkers, unpaid, until it has said enough that is right; then it is drawn again.
final class RedemptionChapter {

    private static final int ROUND = 60;

    /// Four in five of these races are checked, so that five rounds give the 200 clean answers that end a flag.
    private static final int MOST_ROUNDS = 15;

    private static final Duration BREATH = Duration.ofMillis(500);

    /// The last verdicts, and a second each for scores and snapshot.
    private static final Awaiting IN_FORCE = new Awaiting(Duration.ofSeconds(10));

    private final Progress progress;
    private final Claims claims;
    private final PublicMarket market;

    RedemptionChapter(Progress progress, Claims claims, PublicMarket market) {
        this.progress = progress;
        this.claims = claims;
        this.market = market;
    }

    Traffic tell(Enrolled flagged, QueryPlan queries, CustomerAccount account) {
        progress.say("");
        progress.say("A second chance: %s lies no more, and is asked as an unpaid third checker (shadow)"
                .formatted(flagged.name()));
        var traffic = new Traffic(List.of());
        for (int round = 0; round < MOST_ROUNDS && market.isFlagged(flagged.operatorId()); round++) {
            traffic = traffic.and(Traffic.send(account.asking(), queries.ofOneRacer(ROUND)));
            Pause.sleep(BREATH);
        }
        var drawn = IN_FORCE.until(() -> market.sellers().contains(flagged.operatorId()));
        claims.check(
                drawn,
                "after %d more queries its answers were clean and its flag has ended"
                        .formatted(traffic.asked().size()));
        return traffic;
    }
}
