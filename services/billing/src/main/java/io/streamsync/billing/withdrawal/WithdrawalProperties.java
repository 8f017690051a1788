package io.streamsync.billing.withdrawal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param destinationWait from when a customer first names a destination until money goes there: time to notice that
///     somebody else has the key
@ConfigurationProperties("streamsync.withdrawal")
record WithdrawalProperties(@DefaultValue("24h") Duration destinationWait) {}
