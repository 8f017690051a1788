package io.streamsync.router.publication;

import io.streamsync.router.log.RouterLog;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// Reports this start to billing, which names it and says what it lacks of earlier ones. Nothing else of the router
/// can begin before, so it waits for billing as long as it takes; also while billing hears a start of this router that
/// is not among those whose journal this one has. It asks no more when billing will never take it, as a router that has
/// used up its starts.
final class Registration {

    private static final Duration RETRY = Duration.ofMillis(500);

    private final BillingEndpoint billing;
    private final int router;
    private final Report report;
    private final RouterLog log;
    private String told = "";

    /// @param internalUrl where billing asks this router back
    /// @param earlier the starts that the journal holds
    Registration(BillingEndpoint billing, int router, URI internalUrl, List<Integer> earlier, RouterLog log) {
        this.billing = billing;
        this.router = router;
        this.report = new Report(internalUrl, earlier);
        this.log = log;
    }

    /// Waits without a limit of time, which a stop of the application can interrupt.
    Start register() {
        try {
            while (true) {
                try {
                    return billing.post("/internal/routers/" + router + "/incarnations", report, Start.class)
                            .get();
                } catch (ExecutionException e) {
                    pause(e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the router was stopped before billing had answered", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the router cannot wait for billing", e);
        }
    }

    private void pause(ExecutionException failure) throws InterruptedException, ExecutionException {
        if (failure.getCause() instanceof BillingEndpoint.Refused refused && refused.isFinal()) {
            log.startRefusedForGood(String.valueOf(refused.getMessage()));
            throw new IllegalStateException("billing does not take this router", refused);
        }
        if (failure.getCause() instanceof BillingEndpoint.Refused refused && refused.isConflict()) {
            if (isNews(refused.detail())) {
                log.startRefused(refused.detail());
            }
        } else if (isNews(failure.toString())) {
            log.billingAwaited(failure);
        }
        CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(RETRY.toMillis(), TimeUnit.MILLISECONDS))
                .get();
    }

    /// Told once, and again when it is something else: who has to see it may be days away.
    private boolean isNews(String reason) {
        var isNews = !reason.equals(told);
        told = reason;
        return isNews;
    }

    private record Report(URI internalUrl, List<Integer> earlier) {}

    /// @param incarnation this start's number
    /// @param unposted earlier starts whose streams have not ended
    record Start(int incarnation, List<Unposted> unposted) {}

    /// @param nextPosition of the record that billing posts next
    record Unposted(int incarnation, long nextPosition) {}
}
