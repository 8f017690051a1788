package io.streamsync.onboarding.earnings;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where billing is, which keeps the books.
///
/// @param billingUrl empty: there is no billing to ask
/// @param connectTimeout within an installation a service that is there accepts at once
/// @param readTimeout shorter than the edge waits for this service
@ConfigurationProperties("streamsync.earnings")
record EarningsProperties(
        @DefaultValue("") String billingUrl,
        @DefaultValue("1s") Duration connectTimeout,
        @DefaultValue("5s") Duration readTimeout) {}
