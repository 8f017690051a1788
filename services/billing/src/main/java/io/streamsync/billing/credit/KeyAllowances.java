package io.streamsync.billing.credit;

import io.streamsync.billing.account.Accounts;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// What keys may still get today. To be read while their customers' accounts are locked: nobody else gets any then.
@Component
class KeyAllowances {

    private final Accounts accounts;
    private final Leases leases;
    private final InstantSource clock;

    KeyAllowances(Accounts accounts, Leases leases, InstantSource clock) {
        this.accounts = accounts;
        this.leases = leases;
        this.clock = clock;
    }

    Map<String, KeyAllowance> of(Collection<String> keyIds) {
        if (keyIds.isEmpty()) {
            return Map.of();
        }
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        var today = now.toLocalDate();
        var left = Duration.between(now, today.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC));
        var spent = leases.ofKeys(keyIds, today);
        return accounts.dailyCaps(keyIds).stream()
                .map(key -> {
                    var sums = spent.getOrDefault(key.keyId(), Leases.Sums.NONE);
                    return new KeyAllowance(
                            new KeyDay(key.keyId(), today),
                            key.customer(),
                            key.dailyCap(),
                            sums.committed(),
                            sums.posted(),
                            left.toMillis());
                })
                .collect(Collectors.toMap(allowance -> allowance.keyDay().keyId(), Function.identity()));
    }
}
