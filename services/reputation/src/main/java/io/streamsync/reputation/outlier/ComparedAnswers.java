package io.streamsync.reputation.outlier;

import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.score.ComparedAnswer;
import io.streamsync.protocol.score.Outliers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The last compared answers of each operator. Answers are only added, so that several instances take races in at once;
/// the review throws away what is too old.
@Repository
public class ComparedAnswers {

    private static final TypeReference<List<ComparedAnswer>> ANSWERS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    ComparedAnswers(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /// Adds answers in the transaction that says that they are not taken in again.
    @Transactional(propagation = Propagation.MANDATORY)
    public void add(List<ComparedAnswer> seen) {
        if (seen.isEmpty()) {
            return;
        }
        var together = latest(seen);
        var sides = List.copyOf(together.keySet());
        jdbc.sql("""
                        insert into outlier_answers (operator_id, shadow, count, answers)
                        select * from unnest(:operators::text[], :shadows::boolean[], :counts::integer[], :answers::json[])
                        """)
                .param(
                        "operators",
                        sides.stream().map(side -> side.operator().value()).toArray(String[]::new))
                .param("shadows", sides.stream().map(Side::shadow).toArray(Boolean[]::new))
                .param(
                        "counts",
                        sides.stream()
                                .map(side ->
                                        together.getOrDefault(side, List.of()).size())
                                .toArray(Integer[]::new))
                .param(
                        "answers",
                        sides.stream()
                                .map(together::get)
                                .map(json::writeValueAsString)
                                .toArray(String[]::new))
                .update();
    }

    /// What is not older than what will be looked back on, the oldest first.
    static SequencedMap<Side, List<ComparedAnswer>> latest(List<ComparedAnswer> answers) {
        var latest = new LinkedHashMap<Side, List<ComparedAnswer>>();
        answers.forEach(
                answer -> latest.computeIfAbsent(new Side(answer.operatorId(), answer.shadow()), _ -> new ArrayList<>())
                        .add(answer));
        latest.replaceAll((_, all) -> last(all));
        return latest;
    }

    private static List<ComparedAnswer> last(List<ComparedAnswer> answers) {
        return answers.subList(Math.max(0, answers.size() - Outliers.WINDOW), answers.size());
    }

    /// The newest answers' number, 0 where there are none.
    long newest() {
        return jdbc.sql("select coalesce(max(id), 0) from outlier_answers")
                .query(Long.class)
                .single();
    }

    /// The last answers of each operator, the oldest first; of an operator with an open flag those as a shadow.
    Map<OperatorId, List<ComparedAnswer>> windows() {
        var windows = new HashMap<OperatorId, List<ComparedAnswer>>();
        jdbc.sql("select operator_id, answers from outlier_answers order by id").query(row -> {
            windows.computeIfAbsent(new OperatorId(row.getString("operator_id")), _ -> new ArrayList<>())
                    .addAll(json.readValue(row.getString("answers"), ANSWERS));
        });
        windows.replaceAll((_, answers) -> last(answers));
        return windows;
    }

    /// Throws away what is not looked back on: older answers, and what a flagged operator still says outside of the
    /// shadow.
    void trim() {
        jdbc.sql("""
                        delete from outlier_answers a using outlier_flag f
                        where f.operator_id = a.operator_id and f.is_open and not a.shadow
                        """).update();
        jdbc.sql("""
                        delete from outlier_answers a
                        using (select id, sum(count) over (partition by operator_id order by id desc) - count as newer
                               from outlier_answers) as counted
                        where counted.id = a.id and counted.newer >= :window
                        """).param("window", Outliers.WINDOW).update();
    }

    /// An operator starts anew.
    void forget(OperatorId operator) {
        jdbc.sql("delete from outlier_answers where operator_id = :operator")
                .param("operator", operator.value())
                .update();
    }

    /// Whose answers, and whether as a shadow.
    record Side(OperatorId operator, boolean shadow) {}
}
