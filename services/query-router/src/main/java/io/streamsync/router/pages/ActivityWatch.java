package io.streamsync.router.pages;

import io.streamsync.router.log.RouterLog;
import io.streamsync.router.publication.BillingEndpoint;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;

/// Asks billing for the market's activity, off every query's path. What it said last stands while it is away.
class ActivityWatch {

    private final BillingEndpoint billing;
    private final RouterLog log;
    private volatile Activity latest = Activity.NONE;
    private volatile boolean failed;

    ActivityWatch(BillingEndpoint billing, RouterLog log) {
        this.billing = billing;
        this.log = log;
    }

    Activity latest() {
        return latest;
    }

    @Scheduled(fixedDelayString = "${streamsync.router.pages.activity-every:5s}")
    @SuppressWarnings("FutureReturnValueIgnored") // its failure is logged, and it is asked again
    void look() {
        billing.get("/internal/market/activity", Activity.class).whenComplete(this::told);
    }

    /// One line when it begins to fail, not one every time.
    private void told(@Nullable Activity activity, @Nullable Throwable failure) {
        if (activity != null) {
            latest = activity;
        } else if (!failed) {
            log.activityUnknown(failure instanceof CompletionException wrapped ? wrapped.getCause() : failure);
        }
        failed = activity == null;
    }
}
