package io.streamsync.onboarding.node;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Limits of what an operator lists.
///
/// @param limit nodes of one operator: each costs the installation checks every ten seconds at first
/// @param newPerDay nodes that an operator lists within a day, also those it has deleted again: what is kept of them
/// stays
/// @param drain how long a node drains: longer than a query's deadline and its verification window
@ConfigurationProperties("streamsync.node")
record NodeProperties(
        @DefaultValue("50") int limit,
        @DefaultValue("200") int newPerDay,
        @DefaultValue("30s") Duration drain) {}
