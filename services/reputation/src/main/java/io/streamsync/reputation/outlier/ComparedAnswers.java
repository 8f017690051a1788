package io.streamsync.reputation.outlier;

import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.score.ComparedAnswer;
import io.streamsync.protocol.score.ComparedAnswer.Beside;
import io.streamsync.protocol.score.Outliers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private static final TypeReference<List<Beside>> OTHERS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    ComparedAnswers(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /// Adds answers in the transaction that says that they are not taken in again.
    @Transactional(propagation = Propagation.MANDATORY)
    public void add(List<ComparedAnswer> answers) {
        if (answers.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        insert into outlier_answer (operator_id, query_class, shadow, others)
                        select n.operator_id, n.query_class, n.shadow, n.others::jsonb
                        from unnest(:operators::text[], :classes::text[], :shadows::boolean[], :others::text[])
                          with ordinality as n (operator_id, query_class, shadow, others, place)
                        order by n.place
                        """)
                .param(
                        "operators",
                        answers.stream().map(one -> one.operatorId().value()).toArray(String[]::new))
                .param(
                        "classes",
                        answers.stream().map(one -> one.queryClass().name()).toArray(String[]::new))
                .param("shadows", answers.stream().map(ComparedAnswer::shadow).toArray(Boolean[]::new))
                .param(
                        "others",
                        answers.stream()
                                .map(one -> json.writeValueAsString(one.others()))
                                .toArray(String[]::new))
                .update();
    }

    /// The newest answer's number, 0 where there is none.
    long newest() {
        return jdbc.sql("select coalesce(max(id), 0) from outlier_answer")
                .query(Long.class)
                .single();
    }

    /// The last answers of each operator, the oldest first; of an operator with an open flag those as a shadow.
    Map<OperatorId, List<ComparedAnswer>> windows() {
        var windows = new HashMap<OperatorId, List<ComparedAnswer>>();
        jdbc.sql("select * from outlier_answer order by id").query(row -> {
            var operator = new OperatorId(row.getString("operator_id"));
            windows.computeIfAbsent(operator, _ -> new ArrayList<>())
                    .add(new ComparedAnswer(
                            operator,
                            QueryClass.valueOf(row.getString("query_class")),
                            row.getBoolean("shadow"),
                            json.readValue(row.getString("others"), OTHERS)));
        });
        return windows;
    }

    /// Throws away what is not looked back on: older answers, and what a flagged operator still says outside of the
    /// shadow.
    void trim() {
        jdbc.sql("""
                        delete from outlier_answer a using outlier_flag f
                        where f.operator_id = a.operator_id and f.is_open and not a.shadow
                        """).update();
        jdbc.sql("""
                        delete from outlier_answer a
                        using (select id, row_number() over (partition by operator_id order by id desc) as age
                               from outlier_answer) as numbered
                        where numbered.id = a.id and numbered.age > :window
                        """).param("window", Outliers.WINDOW).update();
    }

    /// An operator starts anew.
    void forget(OperatorId operator) {
        jdbc.sql("delete from outlier_answer where operator_id = :operator")
                .param("operator", operator.value())
                .update();
    }
}
