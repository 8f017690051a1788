package io.streamsync.billing.market;

import io.streamsync.billing.ledger.Ledger;
import io.streamsync.billing.usage.Earnings;
import io.streamsync.protocol.money.Amount;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// What the market did within the last day, for the routers' pages.
@RestController
class ActivityController {

    private static final Duration COVERED = Duration.ofHours(24);

    /// Every router asks every few seconds: one answer serves them all.
    private static final Duration GOOD_FOR = Duration.ofSeconds(2);

    private final TradedMinutes minutes;
    private final Earnings earnings;
    private final Ledger ledger;
    private final InstantSource clock;
    private volatile @Nullable ActivityView latest;

    ActivityController(TradedMinutes minutes, Earnings earnings, Ledger ledger, InstantSource clock) {
        this.minutes = minutes;
        this.earnings = earnings;
        this.ledger = ledger;
        this.clock = clock;
    }

    /// Operators' sums count the hours whole that they touch.
    @GetMapping("/internal/market/activity")
    @Transactional(readOnly = true)
    public ActivityView activity() {
        var now = clock.instant();
        var known = latest;
        if (known != null && known.isGoodAt(now)) {
            return known;
        }
        var fresh = read(now);
        latest = fresh;
        return fresh;
    }

    private ActivityView read(Instant now) {
        var from = now.minus(COVERED).truncatedTo(ChronoUnit.MINUTES);
        var trades = minutes.since(from);
        var all = trades.values().stream().reduce(new Trades(0, 0, 0, 0, 0), Trades::plus);
        return new ActivityView(
                from,
                now,
                trades.entrySet().stream()
                        .map(entry -> new ClassView(
                                entry.getKey().wireName(),
                                entry.getValue().queries(),
                                Amount.decimal(entry.getValue().charged())))
                        .toList(),
                earnings.ofAll(from).stream()
                        .map(one -> new OperatorView(one.key(), one.queries(), Amount.decimal(one.earned())))
                        .toList(),
                new SlaView(all.slaAsked(), all.slaMet()),
                all.refunds(),
                Pools.of(ledger));
    }

    /// @param refunds how many, of whatever reason
    /// @param pools what belongs to nobody yet
    public record ActivityView(
            Instant from,
            Instant to,
            List<ClassView> classes,
            List<OperatorView> operators,
            SlaView sla,
            long refunds,
            Pools pools) {

        boolean isGoodAt(Instant now) {
            return Duration.between(to, now).abs().compareTo(GOOD_FOR) < 0;
        }
    }

    /// @param charged fees, USDC
    public record ClassView(String queryClass, long queries, String charged) {}

    /// @param answered races won
    /// @param earned for winning and for checking, USDC
    public record OperatorView(String operatorId, long answered, String earned) {}

    /// @param asked races with a guarantee
    public record SlaView(long asked, long met) {}
}
