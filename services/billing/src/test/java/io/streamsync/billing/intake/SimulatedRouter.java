package io.streamsync.billing.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.billing.Market.TestLease;
import io.streamsync.billing.credit.LostRouters;
import io.streamsync.protocol.fee.NotificationFee;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.Frame;
import io.streamsync.protocol.record.StreamRecord.Answered;
import io.streamsync.protocol.record.StreamRecord.EpochEnded;
import io.streamsync.protocol.record.StreamRecord.LeaseClosed;
import io.streamsync.protocol.record.StreamRecord.StreamEnded;
import io.streamsync.protocol.record.StreamRecord.SubscriptionCharged;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.protocol.verification.RaceStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// A router that sells, is killed, and sends its journal again: what it charged is what it told its customers.
final class SimulatedRouter {

    private static final List<RaceStatus> VERDICTS = List.of(
            RaceStatus.CONFIRMED,
            RaceStatus.CONFIRMED,
            RaceStatus.UNVERIFIED,
            RaceStatus.INCONCLUSIVE,
            RaceStatus.DISPUTED,
            RaceStatus.CONTRADICTED,
            RaceStatus.NO_ANSWER);

    /// When a verdict is no longer waited for.
    private static final long OVERDUE =
            Parameters.defaults().verdictDeadline().plusSeconds(1).toMillis();

    private static final int MOST_RACES = 4;
    private static final int DEAREST = 9_000;

    private final Random random;
    private final Market market;
    private final SimulatedConsumers kafka;
    private final LostRouters lost;
    private final ClientLogs log;
    private final int id;
    private final List<Frame> journal = new ArrayList<>();
    private final List<Frame> unsent = new ArrayList<>();
    private final Map<Http.Customer, TestLease> leases = new HashMap<>();
    private final Map<UUID, Long> returned = new HashMap<>();
    private final Map<Http.Customer, String> subscriptions = new HashMap<>();
    private final List<Unverified> unverified = new ArrayList<>();
    private Market.Router router;

    SimulatedRouter(Random random, Market market, SimulatedConsumers kafka, LostRouters lost, ClientLogs log) {
        this.random = random;
        this.market = market;
        this.kafka = kafka;
        this.lost = lost;
        this.log = log;
        router = market.router();
        id = router.id;
    }

    int id() {
        return id;
    }

    void sell(Http.Customer customer) {
        var lease = lease(customer);
        for (var races = 1 + random.nextInt(MOST_RACES); races > 0; races--) {
            race(lease);
        }
        verifySome();
        journal();
    }

    /// Opened at an ask, or some notifications of one that was.
    void sellNotifications(Http.Customer customer) {
        var lease = lease(customer);
        var ask = random.nextLong(1, 3_000);
        var notifications = random.nextLong(1, 300);
        var fee = NotificationFee.NOTHING
                .next(notifications, ask, Parameters.defaults())
                .feeNano();
        if (Math.max(ask, fee) > lease.granted - lease.spent) {
            return;
        }
        var known = subscriptions.get(customer);
        if (known == null) {
            subscriptions.put(customer, router.subscribed(lease, ask));
            log.charged(customer, ask);
        } else {
            router.notified(lease, known, 1 + random.nextInt(4), ask, notifications, fee);
            log.charged(customer, fee);
        }
        journal();
    }

    /// Gives back what is left; until billing has read of it, it would offer the same lease again.
    void close(Http.Customer customer) {
        var lease = leases.remove(customer);
        if (lease != null) {
            router.close(lease);
            journal();
            sendInOrder();
            kafka.takeAll();
        }
    }

    /// Half of what is left goes to another router that is short of it; the call may come twice.
    void handBack(Http.Customer customer) {
        var lease = leases.get(customer);
        if (lease == null) {
            return;
        }
        var half = (lease.granted - lease.spent) / 2;
        var all = returned.merge(lease.id, half, Long::sum);
        do {
            var grant = router.handBack(lease, all);
            assertThat(granted(lease, grant)).isGreaterThanOrEqualTo(lease.granted - half);
        } while (random.nextInt(3) == 0);
        leases.put(customer, granted(lease, lease.granted - half));
    }

    /// An epoch ends, now or when verdicts are overdue.
    void mark() {
        var at = router.now() + (random.nextBoolean() ? 0 : OVERDUE);
        router.write(new EpochEnded(at / 300_000, at));
        journal();
    }

    /// What waits goes out: mostly in order, some of it twice, some of it before what it follows.
    void send() {
        if (random.nextInt(4) == 0) {
            Collections.shuffle(unsent, random);
        }
        sendInOrder();
        if (random.nextInt(3) == 0 && !journal.isEmpty()) {
            again(journal.subList(random.nextInt(journal.size()), journal.size()));
        }
    }

    /// Killed: what was verified after that is lost, what the journal has is not. The next start sends the rest of it,
    /// cut into other frames, and ends the stream.
    void kill() {
        var before = router;
        var rest = new ArrayList<>(unsent);
        unsent.clear();
        unverified.clear();
        leases.clear();
        subscriptions.clear();
        router = market.start(id);
        if (!rest.isEmpty()) {
            again(rest);
        }
        before.end();
        kafka.send(before.frame());
        journal.clear();
    }

    /// Silent for so long that its stream is closed, once all is read that it sent. What its journal still has comes
    /// with its next start, and the insurance pays for it.
    void lose() {
        kafka.takeAll();
        lost.close(router);
        insure();
        kill();
    }

    void end() {
        sendInOrder();
        router.end();
        kafka.send(router.frame());
    }

    private TestLease lease(Http.Customer customer) {
        var known = leases.get(customer);
        var spentRecently = random.nextLong(50, 20_000);
        if (random.nextInt(6) == 0) {
            router.grant(customer, known == null ? null : known.id, spentRecently); // an answer that was lost
        }
        if (known == null) {
            known = router.lease(customer, spentRecently);
        } else if (known.granted - known.spent < DEAREST / 2) {
            known = toppedUp(known, spentRecently);
        }
        leases.put(customer, known);
        return known;
    }

    private TestLease toppedUp(TestLease lease, long spentRecently) {
        var grant = router.grant(lease.customer, lease.id, spentRecently);
        return grant.path("outcome").asString().equals("GRANTED") ? granted(lease, granted(lease, grant)) : lease;
    }

    /// Billing tells all that a lease ever got.
    private long granted(TestLease lease, JsonNode grant) {
        return Long.parseLong(grant.path("granted").asString()) - returned.getOrDefault(lease.id, 0L);
    }

    private static TestLease granted(TestLease lease, long nano) {
        var next = new TestLease(lease.customer, lease.id, nano);
        next.spent = lease.spent;
        return next;
    }

    private void race(TestLease lease) {
        var price = random.nextLong(1, DEAREST);
        if (price > lease.granted - lease.spent) {
            router.unanswered(lease);
            log.refunded(lease.customer);
        } else if (random.nextInt(6) == 0) {
            unverified.add(new Unverified(lease.customer, router.late(lease, price), 0));
            log.refunded(lease.customer);
        } else {
            log.charged(lease.customer, price);
            unverified.add(new Unverified(lease.customer, router.charged(lease, price), price));
        }
    }

    /// Verdicts come later than answers, and in an order of their own.
    private void verifySome() {
        Collections.shuffle(unverified, random);
        for (var count = random.nextInt(1 + unverified.size()); count > 0; count--) {
            var race = unverified.removeLast();
            var status = VERDICTS.get(random.nextInt(VERDICTS.size()));
            router.verified(race.sequence(), race.fee(), status);
            if (race.fee() > 0 && givesBack(status)) {
                log.charged(race.customer(), -race.fee());
                log.refunded(race.customer());
            }
        }
    }

    private static boolean givesBack(RaceStatus status) {
        return status == RaceStatus.CONTRADICTED || status == RaceStatus.NO_ANSWER;
    }

    /// Nobody is charged for what was not sent, so nothing of it comes back either.
    private void insure() {
        var races = new HashMap<Long, String>();
        for (var frame : unsent) {
            for (var record : frame.records()) {
                switch (StreamRecords.decode(record)) {
                    case Answered answered -> {
                        var account = answered.privatePart().accountId();
                        if (answered.outcome().feeNano() > 0) {
                            races.put(answered.race().sequence(), account);
                            log.insured(account, answered.outcome().feeNano());
                        }
                    }
                    case SubscriptionCharged charged ->
                        log.insured(charged.privatePart().accountId(), charged.feeNano());
                    case Verified verified -> {
                        var account = races.get(verified.sequence());
                        if (account != null && givesBack(verified.status())) {
                            log.notRefunded(account, verified.feeNano());
                        }
                    }
                    case LeaseClosed _, EpochEnded _, StreamEnded _ -> {}
                }
            }
        }
    }

    private void journal() {
        var frame = router.frame();
        journal.add(frame);
        unsent.add(frame);
    }

    private void sendInOrder() {
        unsent.forEach(kafka::send);
        unsent.clear();
    }

    /// The same records in one frame, the first of them perhaps left out where somebody has them already.
    private void again(List<Frame> frames) {
        var inOrder = new ArrayList<>(frames);
        inOrder.sort(Comparator.comparingLong(Frame::first));
        var records =
                inOrder.stream().flatMap(frame -> frame.records().stream()).toList();
        var first = inOrder.getFirst();
        kafka.send(new Frame(first.router(), first.incarnation(), first.first(), records));
    }

    private record Unverified(Http.Customer customer, long sequence, long fee) {}

    /// What customers were told.
    interface ClientLogs {

        void charged(Http.Customer customer, long nano);

        void refunded(Http.Customer customer);

        /// The insurance pays what the customer was told.
        void insured(String account, long nano);

        /// And has it back.
        void notRefunded(String account, long nano);
    }
}
