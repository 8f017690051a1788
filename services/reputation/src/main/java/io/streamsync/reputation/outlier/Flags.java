package io.streamsync.reputation.outlier;

import io.streamsync.protocol.market.OperatorId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// Who has an open outlier flag.
@Repository
public class Flags {

    private final JdbcClient jdbc;

    Flags(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Those of these operators that have an open flag.
    public Set<OperatorId> openOf(Collection<OperatorId> operators) {
        return jdbc.sql("select operator_id from outlier_flag where is_open and operator_id = any(:operators)")
                .param("operators", operators.stream().map(OperatorId::value).toArray(String[]::new))
                .query(Flags::operator)
                .set();
    }

    /// Whose flags changed since this was asked last; in the caller's transaction.
    @Transactional(propagation = Propagation.MANDATORY)
    public Set<OperatorId> takeMoved() {
        return jdbc.sql("update outlier_flag set moved = false where moved returning operator_id")
                .query(Flags::operator)
                .set();
    }

    Set<OperatorId> open() {
        return jdbc.sql("select operator_id from outlier_flag where is_open")
                .query(Flags::operator)
                .set();
    }

    void save(OperatorId operator, boolean isOpen, Instant now) {
        jdbc.sql("""
                        insert into outlier_flag (operator_id, is_open, changed_at, moved)
                        values (:operator, :isOpen, :now, true)
                        on conflict (operator_id) do update
                        set is_open = excluded.is_open, changed_at = excluded.changed_at, moved = true
                        """)
                .param("operator", operator.value())
                .param("isOpen", isOpen)
                .param("now", Timestamp.from(now))
                .update();
    }

    private static OperatorId operator(ResultSet row, int number) throws SQLException {
        return new OperatorId(row.getString("operator_id"));
    }
}
