package io.streamsync.router.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.StreamRecord.SubscriptionCharged;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.router.access.BookedCredit;
import io.streamsync.router.access.Credential;
import io.streamsync.router.access.Credential.Scope;
import io.streamsync.router.journal.Journal;
import io.streamsync.router.journal.Journals;
import io.streamsync.router.jsonrpc.Refusal;
import io.streamsync.router.jsonrpc.RefusalCode;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.pubsub.Meter.Opening;
import io.streamsync.router.pubsub.Meter.Opening.Opened;
import io.streamsync.router.pubsub.Meter.Opening.Refused;
import io.streamsync.router.pubsub.Meter.Seller;
import io.streamsync.router.pubsub.Meter.Unpaid;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What subscriptions cost, from the notification to the journal, on leases as a router keeps them.
@Timeout(60)
class MeterTests {

    private static final String ALICE = "alice";
    private static final Seller NODE = new Seller(new NodeId("node-a"), new OperatorId("operator-a"), 4_000);
    private static final Seller OTHER = new Seller(new NodeId("node-b"), new OperatorId("operator-b"), 6_000);
    private static final Duration TICK = Duration.ofMillis(20);

    @TempDir
    Path directory;

    private final EventLoop loop = new DefaultEventLoop();
    private final BlockingQueue<Unpaid> unpaid = new LinkedBlockingQueue<>();
    private final AtomicReference<Credential> key = new AtomicReference<>(key(OptionalLong.empty()));
    private Journal journal;
    private BookedCredit credit;
    private Meter meter;

    @BeforeEach
    void open() {
        journal = Journals.open(directory, 1);
        credit = new BookedCredit(journal);
        meter = meter(journal, TICK);
    }

    @AfterEach
    void close() throws Exception {
        credit.close();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).get();
        journal.close();
    }

    @Test
    void writesTheOpeningDownBeforeItIsOpen() throws Exception {
        credit.deposit(ALICE, 1_000_000);

        var subscription = opened();

        assertThat(journal.position()).isEqualTo(1);
        await().until(() -> records().size() == 1);
        assertThat(records()).singleElement().satisfies(record -> {
            assertThat(record.subscriptionId()).isEqualTo(subscription.id()).matches("[0-9a-f]{32}");
            assertThat(record.method()).isEqualTo("slotSubscribe");
            assertThat(record.operatorId()).isEqualTo(NODE.operatorId());
            assertThat(record.opened()).isTrue();
            assertThat(record.priceNano()).isEqualTo(4_000);
            assertThat(record.feeNano()).isEqualTo(4_000);
            assertThat(record.notifications()).isZero();
            assertThat(record.epoch()).isEqualTo(record.occurredAt() / 1_000);
            assertThat(record.privatePart().accountId()).isEqualTo(ALICE);
            assertThat(record.privatePart().keyId()).isEqualTo("key");
            assertThat(record.privatePart().cumulative()).isEqualTo(4_000);
        });
        assertThat(credit.leases().balanceEstimate(ALICE)).isEqualTo(996_000);
    }

    @Test
    void chargesNotificationsOnceInAWhile() throws Exception {
        credit.deposit(ALICE, 1_000_000);
        var subscription = opened();

        tell(subscription, NODE, 33);
        await().until(() -> records().size() == 2);
        tell(subscription, NODE, 150);
        await().until(() -> records().size() == 3);

        assertThat(records()).extracting(SubscriptionCharged::notifications).containsExactly(0L, 33L, 150L);
        assertThat(records()).extracting(SubscriptionCharged::feeNano).containsExactly(4_000L, 1_320L, 6_000L);
        assertThat(records())
                .extracting(record -> record.privatePart().cumulative())
                .containsExactly(4_000L, 5_320L, 11_320L);
        await("what was set aside for more comes back")
                .until(() -> credit.leases().remaining(ALICE) + credit.available(ALICE) + 11_320 == 1_000_000);
    }

    @Test
    void chargesTheRestWhenItIsClosed() throws Exception {
        meter = meter(journal, Duration.ofHours(1));
        credit.deposit(ALICE, 1_000_000);
        var subscription = opened();

        tell(subscription, NODE, 7);
        onLoop(() -> {
            subscription.close();
            subscription.close();
            return null;
        });

        await().until(() -> records().size() == 2);
        assertThat(records().getLast().notifications()).isEqualTo(7);
        assertThat(onLoop(() -> subscription.notified(NODE.nodeId(), NODE.operatorId(), NODE.askNano())))
                .as("a closed one takes no more")
                .isFalse();
    }

    @Test
    void paysWhoSentEachNotificationItsOwnAsk() throws Exception {
        meter = meter(journal, Duration.ofHours(1));
        credit.deposit(ALICE, 1_000_000);
        var subscription = opened();

        tell(subscription, NODE, 10);
        tell(subscription, OTHER, 20);
        tell(subscription, NODE, 5);
        end(subscription);

        await().until(() -> records().size() == 3);
        assertThat(records())
                .extracting(record -> record.operatorId() + " " + record.priceNano() + " " + record.notifications()
                        + " " + record.feeNano())
                .containsExactly("operator-a 4000 0 4000", "operator-a 4000 15 600", "operator-b 6000 20 1200");
    }

    @Test
    void neverChargesAboveTheCeiling() throws Exception {
        meter = meter(journal, Duration.ofHours(1));
        credit.deposit(ALICE, 1_000_000);
        var subscription = opened(5_000);

        tell(subscription, OTHER, 100);
        end(subscription);

        await().until(() -> records().size() == 2);
        assertThat(records().getLast().priceNano()).isEqualTo(5_000);
        assertThat(records().getLast().feeNano()).isEqualTo(5_000);
    }

    @Test
    void opensNothingWithoutCredit() throws Exception {
        assertThat(openOn(NODE, Long.MAX_VALUE)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.refusal().code()).isEqualTo(RefusalCode.INSUFFICIENT_CREDIT);
            assertThat(refused.refusal().data()).containsEntry("price", "0.000004");
        });
        assertThat(records()).isEmpty();
    }

    @Test
    void opensNothingWhileCreditCannotBeHad() throws Exception {
        credit.down(true);

        assertThat(openOn(NODE, Long.MAX_VALUE))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(RefusalCode.UNAVAILABLE));
    }

    @Test
    void opensNothingAboveTheKeysCap() throws Exception {
        credit.deposit(ALICE, 1_000_000);
        credit.cap("key", 3_999);
        key.set(key(OptionalLong.of(3_999)));

        assertThat(openOn(NODE, Long.MAX_VALUE)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.refusal().code()).isEqualTo(RefusalCode.RATE_LIMITED);
            assertThat(refused.refusal().data()).containsEntry("cause", "OWN_CAP");
        });
    }

    @Test
    void endsWhereTheKeysCapEnds() throws Exception {
        credit.deposit(ALICE, 1_000_000);
        credit.cap("key", 5_000);
        key.set(key(OptionalLong.of(5_000)));
        var subscription = opened();

        assertThat(onLoop(() -> told(subscription, NODE, 1_000)))
                .as("what is left of the cap, at 40 each, and on trust no more than ten asks' worth")
                .isBetween(25L, 25L + 1_000);
        assertThat(unpaid.poll(20, TimeUnit.SECONDS)).isEqualTo(Unpaid.CAP_REACHED);
        await().until(() -> records().size() == 2);
        assertThat(records()).extracting(SubscriptionCharged::feeNano).containsExactly(4_000L, 1_000L);
        assertThat(unpaid).isEmpty();
    }

    @Test
    void endsWhereCreditEnds() throws Exception {
        credit.deposit(ALICE, 10_000);
        var subscription = opened();

        assertThat(onLoop(() -> told(subscription, NODE, 100_000)))
                .as("150 are paid, and on trust go out no more than ten asks' worth")
                .isBetween(150L, 150L + 1_000);
        assertThat(unpaid.poll(20, TimeUnit.SECONDS)).isIn(Unpaid.NO_CREDIT, Unpaid.UNAVAILABLE);
        await().until(() -> sum() == 10_000);
        assertThat(records().stream()
                        .mapToLong(SubscriptionCharged::notifications)
                        .sum())
                .as("what is written down is what is paid")
                .isEqualTo(150);
        assertThat(credit.leases().balanceEstimate(ALICE)).isZero();
    }

    @Test
    void sharesLittleCreditAmongNodes() throws Exception {
        credit.deposit(ALICE, 5_800);
        var subscription = opened();

        for (var number = 0; number < 17; number++) {
            tell(subscription, NODE, 1);
            tell(subscription, OTHER, 1);
        }
        assertThat(unpaid).as("34 cost 1 700 of the 1 800 that are left").isEmpty();
        end(subscription);

        await().until(() -> sum() == 5_700);
    }

    @Test
    void saysThatCreditIsGoneWhenTheNextNotificationComes() throws Exception {
        credit.deposit(ALICE, 4_000);
        var subscription = opened();
        assertThat(unpaid.poll(100, TimeUnit.MILLISECONDS)).isNull();

        tell(subscription, NODE, 1);

        assertThat(unpaid.poll(20, TimeUnit.SECONDS)).isEqualTo(Unpaid.NO_CREDIT);
        await().until(() -> !records().isEmpty());
        assertThat(sum()).isEqualTo(4_000);
    }

    @Test
    void goesOnWithWhatIsDepositedMeanwhile() throws Exception {
        credit.deposit(ALICE, 4_000);
        var subscription = opened();
        credit.deposit(ALICE, 4_000);

        await().until(() -> {
            tell(subscription, NODE, 1);
            return sum() > 4_000;
        });

        assertThat(unpaid).isEmpty();
    }

    @Test
    void endsWhenNothingCanBeWrittenDown() throws Exception {
        credit.deposit(ALICE, 1_000_000);
        try (var full = Journals.full(directory.resolve("full"), 1)) {
            meter = meter(full, TICK);

            assertThat(openOn(NODE, Long.MAX_VALUE))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.refusal().code()).isEqualTo(RefusalCode.UNAVAILABLE));
        }
        assertThat(credit.leases().balanceEstimate(ALICE)).isEqualTo(1_000_000);
    }

    @Test
    void endsWhatRunsWhenNothingCanBeWrittenDown() throws Exception {
        credit.deposit(ALICE, 1_000_000);
        opened();
        var before = credit.leases().remaining(ALICE);
        try (var full = Journals.full(directory.resolve("full"), 1)) {
            var tab = new Tab(
                    "5e".repeat(16),
                    "slotSubscribe",
                    new Payer(key::get, Long.MAX_VALUE, loop, unpaid::add),
                    purse(),
                    book(full),
                    new Ticks(TICK.toNanos(), new RouterLog()));

            tell(tab, NODE, 10);

            assertThat(unpaid.poll(20, TimeUnit.SECONDS)).isEqualTo(Unpaid.UNAVAILABLE);
            await("all that was set aside comes back")
                    .until(() -> credit.leases().remaining(ALICE) == before);
        }
        assertThat(sum()).isEqualTo(4_000);
    }

    @Test
    void endsWhatCannotBeChargedAndGoesOnWithTheOthers() throws Exception {
        credit.deposit(ALICE, 1_000_000);
        var sound = opened();
        var breaks = new AtomicBoolean();
        var opening = new CompletableFuture<Opening>();
        Supplier<Credential> breaking = () -> {
            if (breaks.get()) {
                throw new IllegalStateException("a credential that cannot be told");
            }
            return key.get();
        };
        loop.execute(() -> meter.open(
                new Payer(breaking, Long.MAX_VALUE, loop, unpaid::add), "slotSubscribe", NODE, opening::complete));
        var broken = ((Opened) opening.get(30, TimeUnit.SECONDS)).subscription();

        onLoop(() -> {
            told(broken, NODE, 10);
            told(sound, NODE, 10);
            breaks.set(true);
            return null;
        });

        assertThat(unpaid.poll(20, TimeUnit.SECONDS)).isEqualTo(Unpaid.UNAVAILABLE);
        await().until(() -> records().size() == 3);
        tell(sound, NODE, 20);
        await().until(() -> records().size() == 4);
        assertThat(records()).extracting(SubscriptionCharged::notifications).containsExactly(0L, 0L, 10L, 20L);
    }

    @Test
    void takesNothingForLookingWhetherThereIsCredit() throws Exception {
        assertThat(sought()).isEqualTo(RefusalCode.INSUFFICIENT_CREDIT);
        credit.deposit(ALICE, 1_000_000);

        await().until(() -> sought() == null);

        assertThat(records()).isEmpty();
        assertThat(credit.leases().balanceEstimate(ALICE)).isEqualTo(1_000_000);
        await().until(() -> credit.leases().remaining(ALICE) + credit.available(ALICE) == 1_000_000);
    }

    private @Nullable RefusalCode sought() throws Exception {
        var refusal = new CompletableFuture<Optional<RefusalCode>>();
        loop.execute(() -> meter.seek(
                new Payer(key::get, Long.MAX_VALUE, loop, unpaid::add),
                4_000,
                refused -> refusal.complete(Optional.ofNullable(refused).map(Refusal::code))));
        return refusal.get(30, TimeUnit.SECONDS).orElse(null);
    }

    /// Any nodes, asks and bursts: the fees of all records are the price of all notifications, rounded down once, and
    /// continue their lease's sum.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void chargesExactly(long seed) throws Exception {
        var random = new Random(seed);
        credit.deposit(ALICE, 1_000_000_000);
        var subscription = opened();
        var due = BigInteger.ZERO;
        for (var burst = 0; burst < 30; burst++) {
            var seller = new Seller(
                    new NodeId("node-" + random.nextInt(3)),
                    new OperatorId("operator"),
                    1 + random.nextInt(random.nextBoolean() ? 90 : 9_000));
            var count = random.nextInt(random.nextBoolean() ? 4 : 700);
            var written = records().size(); // before, for it may be charged at once
            tell(subscription, seller, count);
            due = due.add(BigInteger.valueOf(count).multiply(BigInteger.valueOf(seller.askNano())));
            if (random.nextInt(3) == 0) {
                await().until(() -> records().size() > written || count == 0);
            }
        }
        end(subscription);

        var fee = due.divide(BigInteger.valueOf(100)).longValueExact();
        await().untilAsserted(() -> assertThat(sum() - 4_000).isEqualTo(fee));
        var spent = 0L;
        for (var record : records()) {
            spent += record.feeNano();
            assertThat(record.privatePart().cumulative()).isEqualTo(spent);
        }
        assertThat(unpaid).isEmpty();
        await("nothing stays set aside")
                .until(() -> credit.leases().remaining(ALICE) + credit.available(ALICE) + 4_000 + fee == 1_000_000_000);
    }

    private Meter meter(Journal into, Duration tick) {
        return new JournaledMeter(purse(), book(into), new Ticks(tick.toNanos(), new RouterLog()));
    }

    private Purse purse() {
        return new Purse(credit.leases(), Duration.ofSeconds(20));
    }

    private static ChargeBook book(Journal into) {
        return new ChargeBook(
                into, millis -> millis / 1_000, Parameters.defaults(), InstantSource.system(), new Unguessable());
    }

    private MeteredSubscription opened() throws Exception {
        return opened(Long.MAX_VALUE);
    }

    /// On a machine that is busy the first lease may take longer than a query waits.
    private MeteredSubscription opened(long ceiling) throws Exception {
        while (true) {
            if (openOn(NODE, ceiling) instanceof Opened opened) {
                return opened.subscription();
            }
        }
    }

    private Opening openOn(Seller seller, long ceiling) throws Exception {
        var opening = new CompletableFuture<Opening>();
        loop.execute(() -> meter.open(
                new Payer(key::get, ceiling, loop, unpaid::add), "slotSubscribe", seller, opening::complete));
        return opening.get(30, TimeUnit.SECONDS);
    }

    private void tell(MeteredSubscription subscription, Seller seller, int count) throws Exception {
        assertThat(onLoop(() -> told(subscription, seller, count))).isEqualTo(count);
    }

    private static long told(MeteredSubscription subscription, Seller seller, int count) {
        for (var number = 0; number < count; number++) {
            if (!subscription.notified(seller.nodeId(), seller.operatorId(), seller.askNano())) {
                return number;
            }
        }
        return count;
    }

    private void end(MeteredSubscription subscription) throws Exception {
        onLoop(() -> {
            subscription.close();
            return null;
        });
    }

    private <T> T onLoop(Callable<T> task) throws Exception {
        return loop.submit(task).get(30, TimeUnit.SECONDS);
    }

    private long sum() throws IOException {
        return records().stream().mapToLong(SubscriptionCharged::feeNano).sum();
    }

    private List<SubscriptionCharged> records() throws IOException {
        var records = new ArrayList<SubscriptionCharged>();
        try (var reader = journal.reader()) {
            for (var record : reader.read(1, 0, 256, 1 << 20)) {
                if (StreamRecords.decode(record) instanceof SubscriptionCharged charged) {
                    records.add(charged);
                }
            }
        }
        return records;
    }

    private static Credential key(OptionalLong dailyCap) {
        return new Credential(
                "key", ALICE, Scope.QUERY, OptionalLong.empty(), dailyCap, OptionalInt.empty(), OptionalInt.empty());
    }
}
