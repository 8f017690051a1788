package io.streamsync.billing.alert;

import io.streamsync.outbound.Outbound;
import io.streamsync.outbound.OutboundHeaders;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Brings alerts to webhooks, and tries again for a day. A target that is away or slow holds up neither others nor
/// anything that moves money: customers are served in turn, one call each at a time. Which addresses may be called is
/// the guard's decision, at every try.
@Component
class Delivering implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Delivering.class);

    /// A call that takes longer counts as slow.
    private static final Duration QUICK = Duration.ofSeconds(2);

    /// Longer than a call can take: after a crash it is tried again.
    private static final Duration CLAIM = Duration.ofMinutes(1);

    private final Deliveries deliveries;
    private final Watches watches;
    private final Outbound outbound;
    private final InstantSource clock;
    private final Places places = new Places();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    Delivering(Deliveries deliveries, Watches watches, Outbound outbound, InstantSource clock) {
        this.deliveries = deliveries;
        this.watches = watches;
        this.outbound = outbound;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 1_000)
    void round() {
        try {
            startDue(false);
            startDue(true);
        } catch (RuntimeException e) {
            away(e);
        }
    }

    private void startDue(boolean slow) {
        var free = places.free(slow);
        if (free > 0) {
            var now = clock.instant();
            deliveries
                    .claim(now, now.plus(CLAIM), places.taken(), slow, free)
                    .forEach(delivery -> start(delivery, slow));
        }
    }

    @Scheduled(fixedDelay = 3_600_000)
    void forget() {
        try {
            deliveries.forgetOld(clock.instant());
        } catch (RuntimeException e) {
            away(e);
        }
    }

    private void start(Delivery delivery, boolean slow) {
        places.take(delivery.customer(), slow);
        workers.execute(() -> {
            try {
                deliver(delivery);
            } catch (RuntimeException e) {
                away(e); // tried again when the claim is over
            } finally {
                places.leave(delivery.customer());
            }
        });
    }

    void deliver(Delivery delivery) {
        deliveries.save(tried(delivery, clock.instant()));
    }

    /// To where the customer wants it now.
    private Delivery tried(Delivery delivery, Instant now) {
        var watch = watches.find(delivery.customer());
        var url = watch.terms().webhookUrl();
        var secret = watch.secret();
        if (url == null || secret == null) {
            return delivery.failed("the webhook was removed", now);
        }
        var answer = outbound.post(URI.create(url), headers(delivery, secret, now), delivery.body());
        var end = clock.instant();
        watches.note(delivery.customer(), Duration.between(now, end).compareTo(QUICK) > 0);
        return delivery.after(answer, end);
    }

    private static OutboundHeaders headers(Delivery delivery, String secret, Instant now) {
        var timestamp = now.getEpochSecond();
        return new OutboundHeaders(Map.of(
                "webhook-id", delivery.id(),
                "webhook-timestamp", Long.toString(timestamp),
                "webhook-signature", WebhookSecret.sign(secret, delivery.id(), timestamp, delivery.body())));
    }

    private static void away(RuntimeException reason) {
        log.atWarn()
                .setMessage("alerts are not delivered, trying again")
                .addKeyValue("reason", reason.getMessage())
                .log();
    }

    @Override
    public void destroy() {
        workers.shutdownNow();
    }
}
