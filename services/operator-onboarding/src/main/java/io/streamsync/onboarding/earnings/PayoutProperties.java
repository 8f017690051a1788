package io.streamsync.onboarding.earnings;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param addressWait from when an operator changes its payout address until money goes there; a customer's new
///     destination waits as long
@ConfigurationProperties("streamsync.payout")
record PayoutProperties(@DefaultValue("24h") Duration addressWait) {}
