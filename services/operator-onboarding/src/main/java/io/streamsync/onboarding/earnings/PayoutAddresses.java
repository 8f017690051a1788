package io.streamsync.onboarding.earnings;

import io.streamsync.onboarding.operator.Operator;
import io.streamsync.onboarding.operator.OperatorChanged;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Knows since when operators have had their payout address. One that was changed is paid only after a while: time to
/// notice that somebody else has the session. The one of the registration is the operator's own word from the start.
@Component
class PayoutAddresses {

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final PayoutProperties properties;

    PayoutAddresses(JdbcClient jdbc, InstantSource clock, PayoutProperties properties) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.properties = properties;
    }

    @EventListener
    void on(OperatorChanged changed) {
        if (!changed.before().payoutAddress().equals(changed.after().payoutAddress())) {
            jdbc.sql("""
                    insert into payout_address (operator_id, changed_at) values (?, ?)
                    on conflict (operator_id) do update set changed_at = excluded.changed_at""")
                    .params(changed.operatorId().value(), Timestamp.from(now()))
                    .update();
        }
    }

    /// @param operator read before: an address that changes meanwhile is seen here as new
    void requireKnown(Operator operator) {
        jdbc.sql("select changed_at from payout_address where operator_id = ?")
                .param(operator.id().value())
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .optional()
                .map(changedAt -> changedAt.plus(properties.addressWait()))
                .filter(availableAt -> availableAt.isAfter(now()))
                .ifPresent(availableAt -> {
                    throw new Refusal(
                                    ProblemCode.STATE_CONFLICT,
                                    "The payout address was changed: payouts go there from " + availableAt
                                            + " on. If it was not you, change it back.")
                            .with("availableAt", availableAt.toString());
                });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
