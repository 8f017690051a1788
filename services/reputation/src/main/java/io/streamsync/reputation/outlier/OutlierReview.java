package io.streamsync.reputation.outlier;

import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.score.ComparedAnswer;
import io.streamsync.protocol.score.Outliers;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Opens and closes flags when there is something new to look at. One instance at a time: the others find the row
/// taken.
@Service
class OutlierReview {

    private final ComparedAnswers answers;
    private final Flags flags;
    private final OutlierLog log;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    OutlierReview(ComparedAnswers answers, Flags flags, OutlierLog log, JdbcClient jdbc, InstantSource clock) {
        this.answers = answers;
        this.flags = flags;
        this.log = log;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Scheduled(fixedRate = 2_000) // on a thread of its own: scores are told meanwhile
    @Transactional
    public void review() {
        var lookedAt = jdbc.sql("select last_id from outlier_review for update skip locked")
                .query(Long.class)
                .optional();
        var newest = answers.newest();
        if (lookedAt.isEmpty() || newest == lookedAt.get()) {
            return;
        }
        answers.trim();
        judge(answers.windows());
        jdbc.sql("update outlier_review set last_id = :newest")
                .param("newest", newest)
                .update();
    }

    private void judge(Map<OperatorId, List<ComparedAnswer>> all) {
        var flagged = flags.open();
        var windows = new HashMap<>(all);
        windows.keySet().removeAll(flagged);
        for (var operator : List.copyOf(windows.keySet())) {
            if (Outliers.isOutlier(operator, windows)) {
                open(operator);
                windows.remove(operator);
            }
        }
        for (var operator : flagged) {
            if (Outliers.isClean(operator, all.getOrDefault(operator, List.of()), windows)) {
                flags.save(operator, false, clock.instant());
                log.closed(operator);
            }
        }
    }

    private void open(OperatorId operator) {
        flags.save(operator, true, clock.instant());
        answers.forget(operator);
        log.opened(operator);
    }
}
