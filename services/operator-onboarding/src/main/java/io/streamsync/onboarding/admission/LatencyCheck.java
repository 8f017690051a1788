package io.streamsync.onboarding.admission;

import io.streamsync.onboarding.admission.NodeClient.NodeReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import org.springframework.stereotype.Component;

/// A node answers a plain question in time: of twenty at most one later than the limit, which is the 95th percentile.
@Component
class LatencyCheck implements NodeCheck {

    static final int QUESTIONS = 20;

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int LATE_ALLOWED = 1;
    private static final String REMEDY = "Give the node more resources, or bring it nearer.";

    private final NodeClient client;

    LatencyCheck(NodeClient client) {
        this.client = client;
    }

    @Override
    public AdmissionCheck check() {
        return AdmissionCheck.LATENCY;
    }

    @Override
    public Finding of(Portrait portrait) {
        var node = portrait.node();
        var inTime = new ArrayList<Duration>();
        int late = 0;
        for (int asked = 1; asked <= QUESTIONS; asked++) {
            var reply = client.ask(node.reach(), "getSlot");
            if (reply instanceof NodeReply.Result said && said.latency().compareTo(LIMIT) <= 0) {
                inTime.add(said.latency());
            } else if (++late > LATE_ALLOWED) {
                return new Finding.Failed(
                        "%d of %d questions were not answered within %d s.".formatted(late, asked, LIMIT.toSeconds()),
                        REMEDY);
            }
        }
        Collections.sort(inTime);
        var percentile = inTime.get(QUESTIONS - 1 - LATE_ALLOWED);
        return new Finding.Passed(
                "The 95th percentile of %d answers is %d ms.".formatted(QUESTIONS, percentile.toMillis()));
    }
}
