package io.streamsync.verifier.check;

import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import io.streamsync.verifier.publication.EpochPage;
import io.streamsync.verifier.publication.EpochPage.Skips;
import io.streamsync.verifier.publication.StreamName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Whether the page of the epoch shows all draws and skips that the records hold. More may be shown: races of the epoch
/// that a later window settles.
final class SkipPageCheck {

    private final Findings findings;
    private final Map<StreamName, Map<String, DrawCounts>> counted = new HashMap<>();

    SkipPageCheck(Findings findings) {
        this.findings = findings;
    }

    void answered(AnsweredLeaf leaf) {
        if (leaf.record().race().epoch() == leaf.window()) {
            var counts = counted.computeIfAbsent(leaf.stream(), _ -> new HashMap<>());
            var asked = leaf.record().asked();
            asked.places()
                    .forEach(place -> counts.merge(place.operatorId().value(), DrawCounts.PLACED, DrawCounts::plus));
            asked.skipped()
                    .forEach(skip -> counts.merge(skip.operatorId().value(), DrawCounts.SKIPPED, DrawCounts::plus));
        }
    }

    void finish(long window, Optional<EpochPage> page) {
        counted.forEach((stream, operators) -> operators.forEach((operator, counts) -> {
            var shown = shown(page, stream, operator);
            if (shown.drawn() < counts.drawn() || shown.skipped() < counts.skipped()) {
                findings.add(
                        FindingCode.SKIPS_MISCOUNTED,
                        Where.stream(window, stream),
                        "at least %d skips in %d draws of operator %s"
                                .formatted(counts.skipped(), counts.drawn(), operator),
                        "%d in %d".formatted(shown.skipped(), shown.drawn()));
            }
        }));
    }

    private static DrawCounts shown(Optional<EpochPage> page, StreamName stream, String operator) {
        return page.flatMap(epoch -> epoch.of(stream))
                .flatMap(router -> router.skips().stream()
                        .filter(skips -> skips.operatorId().equals(operator))
                        .findFirst())
                .map((Skips skips) -> new DrawCounts(skips.drawn(), skips.skipped()))
                .orElse(DrawCounts.NONE);
    }
}
