package io.streamsync.router.market;

import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.router.log.RouterLog;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// The market as it is now: a new snapshot when something changed, at most once a second, and each one named
/// again when an epoch begins, so that an epoch's snapshots are found in the epoch, whether Kafka is there or not. A
/// snapshot that Kafka does not take is in force all the same, for it may lack a node that must not be asked any
/// more, and is told until Kafka takes it; the topic keeps what it could not tell.
public final class Market {

    private static final long SECOND_NANOS = 1_000_000_000L;

    private final Listings listings;
    private final BooleanSupplier complete;
    private final SnapshotTopic topic;
    private final Parameters parameters;
    private final InstantSource clock;
    private final RouterLog log;
    private volatile MarketView current;
    private boolean taken;
    private long takenAt;
    private boolean untold;
    private long toldAt;
    private Instant since = Instant.EPOCH;
    private volatile boolean ready;

    /// @param complete whether the feeds have reached the present
    Market(
            Listings listings,
            BooleanSupplier complete,
            SnapshotTopic topic,
            Parameters parameters,
            InstantSource clock,
            RouterLog log) {
        this.listings = listings;
        this.complete = complete;
        this.topic = topic;
        this.parameters = parameters;
        this.clock = clock;
        this.log = log;
        this.current = view(List.of());
    }

    public MarketView current() {
        return current;
    }

    /// Whether there is a snapshot of the present: until then every query would be refused for want of nodes.
    public boolean isReady() {
        return ready;
    }

    /// Looks whether the market moved. Called by one thread, often.
    synchronized void refresh(long nowNanos) {
        if (!complete.getAsBoolean()) {
            return;
        }
        if (!taken || (nowNanos - takenAt >= SECOND_NANOS && listings.takeChanged())) {
            take(nowNanos);
        } else if (epoch(clock.instant()) != epoch(since)) {
            since = clock.instant();
            tell(current, nowNanos);
        } else if (untold && nowNanos - toldAt >= SECOND_NANOS) {
            tell(current, nowNanos);
        }
    }

    private void take(long nowNanos) {
        var view = view(listings.listings());
        if (!taken || !view.hash().equals(current.hash())) {
            since = clock.instant();
            tell(view, nowNanos);
            log.snapshotTaken(view.hash(), view.snapshot().nodes().size());
        }
        taken = true;
        takenAt = nowNanos;
        // also when it has the same name: an endpoint is no part of it
        current = view;
    }

    /// Also when Kafka takes it late, it is told since when races use it: whoever replays one looks for that.
    private void tell(MarketView view, long nowNanos) {
        toldAt = nowNanos;
        untold = true;
        try {
            topic.publish(view.snapshot(), view.hash(), since, epoch(since));
            untold = false;
            ready = true;
        } catch (RuntimeException e) {
            log.snapshotNotPublished(view.hash(), e);
        }
    }

    private long epoch(Instant at) {
        return at.toEpochMilli() / parameters.epoch().toMillis();
    }

    private MarketView view(List<Listing> known) {
        MarketSnapshot snapshot = Snapshots.take(known, listings.scores(), parameters);
        var upstreams = known.stream()
                .filter(listing -> listing.state().isListed())
                .collect(Collectors.toMap(Listing::nodeId, Listing::upstream));
        return new MarketView(snapshot, upstreams, Census.of(known), parameters);
    }
}
