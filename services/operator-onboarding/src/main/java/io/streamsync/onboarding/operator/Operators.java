package io.streamsync.onboarding.operator;

import io.streamsync.onboarding.identity.Caller;
import io.streamsync.onboarding.identity.Wallet;
import io.streamsync.onboarding.portal.PageRequest;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.market.OperatorId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// The operators. A state is written over the version that it was read from, or not at all.
@Repository
public class Operators {

    private static final String SELECT = """
            select o.*, coalesce(g.counts_as, o.operator_id) as counts_as
            from operator o left join operator_group g using (operator_id)""";

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    Operators(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    public Operator get(OperatorId id) {
        return jdbc.sql(SELECT + " where operator_id = ?")
                .param(id.value())
                .query(Operators::read)
                .optional()
                .orElseThrow(() -> new Refusal(ProblemCode.NOT_FOUND, "There is no operator " + id + "."));
    }

    /// The operator, if it is the caller's own.
    public Operator own(OperatorId id, Caller caller) {
        var operator = get(id);
        if (!operator.wallet().equals(caller.wallet())) {
            throw new Refusal(ProblemCode.NOT_YOURS, "The operator " + id + " belongs to another wallet.");
        }
        return operator;
    }

    /// The operator, which nobody else changes until the transaction ends. Whoever moves its stake or changes its nodes
    /// takes it before them, so that such changes follow one another. It keeps no listing from being described.
    @Transactional(propagation = Propagation.MANDATORY)
    public Operator locked(OperatorId id) {
        jdbc.sql("select 1 from operator where operator_id = ? for no key update")
                .param(id.value())
                .query(row -> {});
        return get(id);
    }

    /// Writes the next state and says so; nothing happens when it is the state that is there.
    @Transactional(propagation = Propagation.MANDATORY)
    public void change(Operator before, Operator next) {
        if (next.equals(before)) {
            return;
        }
        int changed = jdbc.sql("""
                        update operator
                        set name = :name, payout_address = :payoutAddress, website = :website, state = :state,
                            delisted_for = :delistedFor, version = version + 1
                        where operator_id = :id and version = :version""")
                .param("name", next.name())
                .param("payoutAddress", next.payoutAddress())
                .param("website", next.website())
                .param("state", next.state().name())
                .param("delistedFor", name(next.delistedFor()))
                .param("id", next.id().value())
                .param("version", before.version())
                .update();
        if (changed == 0) {
            throw new OptimisticLockingFailureException("operator " + next.id());
        }
        events.publishEvent(new OperatorChanged(before, next));
    }

    /// Writes what an operator counts as: derived from what others share with it, so no change of its own.
    @Transactional(propagation = Propagation.MANDATORY)
    public void countAs(OperatorId id, OperatorId countsAs) {
        jdbc.sql("""
                        insert into operator_group (operator_id, counts_as) values (?, ?)
                        on conflict (operator_id) do update set counts_as = excluded.counts_as""").params(id.value(), countsAs.value()).update();
    }

    /// What each operator counts as that is or was in a group.
    public Map<OperatorId, OperatorId> groups() {
        var groups = new HashMap<OperatorId, OperatorId>();
        jdbc.sql("select operator_id, counts_as from operator_group").query(row -> {
            groups.put(new OperatorId(row.getString("operator_id")), new OperatorId(row.getString("counts_as")));
        });
        return groups;
    }

    /// Whether it was added: false when the wallet has an operator, or the invitation is used.
    boolean add(Operator operator, @Nullable String invitationHash) {
        return jdbc.sql("""
                        insert into operator
                            (operator_id, wallet, name, payout_address, website, state, invitation_hash, created_at)
                        values
                            (:id, :wallet, :name, :payoutAddress, :website, :state, :invitationHash, :createdAt)
                        on conflict do nothing""")
                        .param("id", operator.id().value())
                        .param("wallet", operator.wallet().address())
                        .param("name", operator.name())
                        .param("payoutAddress", operator.payoutAddress())
                        .param("website", operator.website())
                        .param("state", operator.state().name())
                        .param("invitationHash", invitationHash)
                        .param("createdAt", Timestamp.from(operator.createdAt()))
                        .update()
                == 1;
    }

    Optional<Operator> of(Wallet wallet) {
        return jdbc.sql(SELECT + " where wallet = ?")
                .param(wallet.address())
                .query(Operators::read)
                .optional();
    }

    /// One more than the limit, if there are so many.
    ///
    /// @param state null for all
    List<Operator> page(@Nullable OperatorState state, PageRequest request) {
        return jdbc.sql(SELECT + """
                         where operator_id > :after and (:state::text is null or state = :state)
                        order by operator_id limit :limit""")
                .param("after", request.after())
                .param("state", name(state))
                .param("limit", request.limit() + 1)
                .query(Operators::read)
                .list();
    }

    private static @Nullable String name(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }

    private static Operator read(ResultSet row, int n) throws SQLException {
        return new Operator(
                new OperatorId(row.getString("operator_id")),
                new Wallet(row.getString("wallet")),
                row.getString("name"),
                row.getString("payout_address"),
                row.getString("website"),
                OperatorState.valueOf(row.getString("state")),
                delisting(row.getString("delisted_for")),
                new OperatorId(row.getString("counts_as")),
                row.getTimestamp("created_at").toInstant(),
                row.getInt("version"));
    }

    private static @Nullable Delisting delisting(@Nullable String reason) {
        return reason == null ? null : Delisting.valueOf(reason);
    }
}
