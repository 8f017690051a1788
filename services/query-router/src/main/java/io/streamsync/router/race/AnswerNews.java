package io.streamsync.router.race;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.router.submission.Accepted;
import io.streamsync.router.submission.Submission;
import io.streamsync.router.tip.Tips;
import org.jspecify.annotations.Nullable;

/// Tells of a race's answer who learns from it beside its customer: the session of the key, and whoever sends the same
/// transaction again.
final class AnswerNews {

    private final Race race;
    private final @Nullable Submission submission;

    /// @param submission the transaction that is sent; null for other queries, and where none can be read
    AnswerNews(Race race, @Nullable Submission submission) {
        this.race = race;
        this.submission = submission;
    }

    /// Before the answer leaves: the customer's next query may come at once.
    void tellSession(@Nullable NodeAnswer answer) {
        if (answer != null) {
            var lineup = race.lineup();
            new Witnessed(lineup.session(), race.track().tips().reach(), Tips.millis())
                    .answer(lineup.method().name(), lineup.bounds().told(), answer);
        }
    }

    void tellSubmission(RaceEnd end) {
        var answer = end.answer();
        if (submission != null && answer != null && answer.kind() == NodeAnswer.Kind.RESULT) {
            var summary = end.summary(race);
            submission.accepted(new Accepted(summary.raceId(), summary.operatorId(), summary.nodeId()));
        }
    }

    /// Who answers later accepted it, too.
    void tellTakers() {
        if (submission != null) {
            var takers = race.places().stream()
                    .filter(PlaceRun::hasContent)
                    .map(place -> place.placed().node().id())
                    .toList();
            submission.takenBy(takers, race.lineup().query().terms().draw());
        }
    }
}
