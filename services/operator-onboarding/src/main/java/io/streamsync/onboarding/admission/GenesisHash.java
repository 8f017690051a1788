package io.streamsync.onboarding.admission;

import io.streamsync.protocol.market.NodeId;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// The chain of the market. Where none is configured the first admitted node fixes it, for all instances and for ever.
@Repository
public class GenesisHash {

    private final JdbcClient jdbc;
    private final AdmissionProperties properties;
    private final InstantSource clock;

    GenesisHash(JdbcClient jdbc, AdmissionProperties properties, InstantSource clock) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.clock = clock;
    }

    /// @return empty until the first node is admitted, where none is configured
    public Optional<String> expected() {
        if (!properties.genesisHash().isEmpty()) {
            return Optional.of(properties.genesisHash());
        }
        return jdbc.sql("select hash from admission_genesis")
                .query(String.class)
                .optional();
    }

    /// The market's hash after this node is admitted: of two first nodes at once the second waits for the first.
    @Transactional(propagation = Propagation.MANDATORY)
    public String fix(String hash, NodeId firstNode) {
        if (properties.genesisHash().isEmpty()) {
            jdbc.sql("""
                            insert into admission_genesis (hash, node_id, fixed_at) values (?, ?, ?)
                            on conflict do nothing""")
                    .params(hash, firstNode.value(), Timestamp.from(clock.instant()))
                    .update();
        }
        return expected().orElse(hash);
    }
}
