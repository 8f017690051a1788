package io.streamsync.onboarding.publication;

import io.streamsync.onboarding.publication.Sharing.Traits;
import io.streamsync.outbound.EndpointGuard;
import io.streamsync.protocol.market.OperatorId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// What operators in the market have that others might have too. Whoever has no listed node shares with nobody: to
/// register under another's payout address costs nothing.
@Repository
class OperatorTraits {

    private final JdbcClient jdbc;
    private final EndpointGuard guard;

    OperatorTraits(JdbcClient jdbc, EndpointGuard guard) {
        this.jdbc = jdbc;
        this.guard = guard;
    }

    List<Traits> ofListed() {
        var traits = new HashMap<OperatorId, Set<String>>();
        jdbc.sql("""
                        select o.operator_id, o.payout_address, n.identity, n.addresses
                        from operator o join node n using (operator_id)
                        where n.state in ('PROBATION', 'ACTIVE')""").query(row -> {
            var id = new OperatorId(row.getString("operator_id"));
            add(traits.computeIfAbsent(id, operator -> new HashSet<>()), row);
        });
        return traits.entrySet().stream()
                .map(entry -> new Traits(entry.getKey(), entry.getValue()))
                .toList();
    }

    private void add(Set<String> traits, ResultSet row) throws SQLException {
        traits.add("payout " + row.getString("payout_address"));
        var identity = row.getString("identity");
        if (identity != null) {
            traits.add("identity " + identity);
        }
        for (var address : (String[]) row.getArray("addresses").getArray()) {
            guard.network(address).ifPresent(network -> traits.add("network " + network));
        }
    }
}
