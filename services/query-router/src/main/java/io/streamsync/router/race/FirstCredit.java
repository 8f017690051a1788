package io.streamsync.router.race;

import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.router.access.Credential;
import io.streamsync.router.access.Credential.Scope;
import io.streamsync.router.access.CreditLeases;
import io.streamsync.router.access.Keys;
import io.streamsync.router.market.Market;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Sees that a new key, or one whose customer has paid in, finds credit at its first query: who waits for a
/// lease within its own latency misses its SLA. Also gives a key's lease back when its cap changes.
final class FirstCredit {

    private final CreditLeases leases;
    private final Market market;
    private final Terms standard;

    FirstCredit(Keys keys, CreditLeases leases, Market market, int racingPlaces) {
        this.leases = leases;
        this.market = market;
        standard = Terms.standard(racingPlaces);
        keys.onChange(this::changed);
    }

    private void changed(@Nullable Credential before, @Nullable Credential after) {
        if (before != null
                && before.dailyCapNano().isPresent()
                && (after == null || !Objects.equals(before.dailyCapNano(), after.dailyCapNano()))) {
            leases.capChanged(before.keyId());
        }
        if (after != null && after.scope() == Scope.QUERY) {
            leases.ready(after, dearestAsk(after));
        }
    }

    /// The dearest that its first queries may meet.
    private long dearestAsk(Credential credential) {
        var view = market.current();
        var terms = credential.terms() == null ? standard : credential.terms();
        return Arrays.stream(QueryClass.values())
                .map(queryClass -> view.fieldForOnce(queryClass, terms))
                .filter(field -> !field.isEmpty())
                .mapToLong(field -> field.dearestAsk())
                .max()
                .orElse(1);
    }
}
