package io.streamsync.onboarding.admission;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How nodes are checked.
///
/// @param genesisHash of the market's chain; empty: the first admitted node fixes it
/// @param repeat between two rounds while a node is checked
/// @param recheck between two rounds of a listed node, for control of its endpoint only
/// @param patience how long checks may fail before the node does
@ConfigurationProperties("streamsync.admission")
record AdmissionProperties(
        @DefaultValue("") String genesisHash,
        @DefaultValue("10s") Duration repeat,
        @DefaultValue("1d") Duration recheck,
        @DefaultValue("1h") Duration patience) {}
