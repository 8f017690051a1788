package io.streamsync.system;

import static io.streamsync.system.FaultyMarket.BILLING;
import static io.streamsync.system.FaultyMarket.KAFKA;
import static io.streamsync.system.FaultyMarket.PAYS;
import static io.streamsync.system.FaultyMarket.POSTGRES;
import static io.streamsync.system.FaultyMarket.REPEATS;
import static io.streamsync.system.FaultyMarket.ROUTERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.system.ClientLog.Entry;
import io.streamsync.system.FaultyMarket.SecondRouter;
import io.streamsync.system.Market.Account;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/// Whatever dies, stands still or goes away: the log of a client, the ledger and the proofs agree to the last unit.
/// `./streamsync chaos` runs the same with more kills and longer outages.
@TestMethodOrder(OrderAnnotation.class)
class FaultTests {

    private static final int KILLS = Integer.getInteger("streamsync.test.kills", 10);

    /// Shorter than a lease lives.
    private static final Duration OUTAGE = Duration.parse(System.getProperty("streamsync.test.outage", "PT10S"));

    private static final long SEED = Long.getLong("streamsync.test.seed", System.currentTimeMillis());

    /// Until everything has to be back, and the books are looked at: fifty times in a long run.
    private static final int KILLS_PER_ROUND = Math.max(5, KILLS / 50);

    /// A service needs 10 s to start: some are killed as they serve, some as they make good what they left undone.
    private static final Duration MOST_BETWEEN_KILLS = Duration.ofSeconds(6);

    /// money.md: ten minutes without Kafka are made up for in two.
    private static final Duration DRAINED = Duration.ofMinutes(2);

    /// Leases are renewed when they live for a minute more: that, less what PostgreSQL and billing need to be back.
    private static final Duration POSTGRES_AWAY = Duration.ofSeconds(40);

    /// As long as two services may need to start beside everything else that a machine does.
    private static final Duration GOES_ON = Duration.ofMinutes(5);

    /// Enough that every client was there, and that a router knows how much its leases have to hold.
    private static final int SOME_ANSWERS = 200;

    /// A small machine also has the market, the nodes and the faults to carry; the longer, the more is to be audited.
    private static final Duration PAUSE = isLong() ? Duration.ofMillis(400) : Duration.ofMillis(40);

    /// Faults may delay and refuse; no key is forgotten, nobody who has paid is told to pay.
    private static final Set<Integer> ALLOWED = Set.of(200, 429, 503, 504);

    /// A thousand queries at the one price that everybody asks.
    private static final String SMALL_DEPOSIT = "0.002";

    private static final String DEPOSIT = "1.00";
    /// The exit code of a verification that misses something which is not published yet.
    private static final int NOT_YET = 2;

    /// What settling a paid transfer needs, and asking for one does not.
    private static final String PAYING =
            "select from ledger_account where name = 'external:payouts' and asset = 'USDC' for update";

    /// What sealing writes once stakers are paid and the header is signed; everybody may still read it.
    private static final String SEALING = "lock table settlement_node in share mode";

    private static final Random RANDOM = new Random(SEED);

    /// What each account had once its client's log and the market agreed.
    private static final Map<Account, BigDecimal> AGREED = new LinkedHashMap<>();

    private static BigDecimal charged = BigDecimal.ZERO;
    private static BigDecimal givenBack = BigDecimal.ZERO;
    private static int kills;
    private static int failures;
    private static long answers;
    private static long charges;
    private static long lies;
    private static long unanswered;
    private static long lost;
    private static long lostRaces;

    /// The epochs whose sealing was cut off, and whose races only a router that died knew.
    private static final List<Long> TROUBLED = new ArrayList<>();

    /// For each fault the moment at which it was at its worst.
    private static final Map<Load, Struck> STRUCK = new LinkedHashMap<>();

    private static @Nullable FaultyMarket started;

    private final FaultyMarket market = Objects.requireNonNull(started);

    @BeforeAll
    static void start() {
        say("--seed " + SEED + " repeats the order of the faults");
        started = FaultyMarket.start();
        say("a market with two routers runs");
    }

    @AfterAll
    static void stop() {
        if (started != null) {
            started.close();
        }
        say(
                "%d kills; %d answers, of which %d were charged, %d were wrong and %d were none; %d lost on the way, of which %d were races; %d faults did not hold"
                        .formatted(kills, answers, charges, lies, unanswered, lost, lostRaces, failures));
    }

    @Test
    @Order(1)
    void killedRoutersAndBillingLoseNothing() {
        for (var left = KILLS; left > 0; left -= KILLS_PER_ROUND) {
            var kills = Math.min(left, KILLS_PER_ROUND);
            under("kill -9, %d to go".formatted(left), load -> {
                for (var kill = 0; kill < kills; kill++) {
                    LockSupport.parkNanos(RANDOM.nextLong(MOST_BETWEEN_KILLS.toNanos()));
                    var victim = anyOf(
                            Stream.concat(ROUTERS.stream(), Stream.of(BILLING)).toList());
                    kill(victim, load);
                }
            });
        }
    }

    @Test
    @Order(2)
    void aBillingThatDiesWhileItPaysAndWhileItSealsDoesBothOnce() {
        under("billing is killed while it settles a payout, and while it seals a window", load -> {
            var leaving = Leaving.start(market);
            leaving.awaitPaid(REPEATS);
            try (var paying = market.holdUp(PAYING)) {
                leaving.payOut(PAYS);
                awaitWho(paying);
                kill(BILLING, load);
            }
            long last;
            try (var sealing = market.holdUp(SEALING)) {
                awaitWho(sealing);
                last = sealed().stream().findFirst().orElse(0L);
                kill(BILLING, load);
            }
            market.awaitHealthy();
            leaving.awaitEnd();
            leaving.check();
            TROUBLED.add(await().atMost(GOES_ON)
                    .until(() -> sealed().stream().filter(epoch -> epoch > last).toList(), later -> !later.isEmpty())
                    .getLast());
        });
    }

    @Test
    @Order(3)
    void aBillingThatStoodStillAndWakesUpLateBooksNothingTwice() {
        under("billing stands still, another one takes over, the first one wakes up", load -> {
            market.signal(BILLING, "STOP");
            // what was sold since is for the other one to book: it may have done so before it says that it is up
            var before = market.booked(load.account());
            try (var second = market.startSecondBilling()) {
                await().atMost(GOES_ON)
                        .until(() -> second.booked(load.account()).compareTo(before) > 0);
                strike(load);
                market.signal(BILLING, "CONT");
                awaitAnswers(load);
            } finally {
                market.signal(BILLING, "CONT");
            }
        });
    }

    @Test
    @Order(4)
    void aRestartOfPostgresIsNotNoticed() {
        for (var mode : List.of("INT", "QUIT")) {
            under("PostgreSQL is told to restart: " + (mode.equals("INT") ? "fast" : "immediate"), load -> {
                if (isLong()) {
                    market.withoutSupervisor(() -> {
                        market.signal(POSTGRES, mode);
                        LockSupport.parkNanos(POSTGRES_AWAY.toNanos());
                    });
                } else {
                    market.signal(POSTGRES, mode);
                }
                awaitAnswers(load);
                assertThat(load.count(503)).as("refused for want of credit").isZero();
            });
        }
    }

    @Test
    @Order(5)
    void anOutageOfKafkaInWhichARouterDiesIsMadeUpFor() {
        under("Kafka is away for " + OUTAGE.toSeconds() + " s, at its end a router is killed", load -> {
            market.withoutSupervisor(() -> {
                market.stop(KAFKA);
                LockSupport.parkNanos(OUTAGE.toNanos());
                assertThat(load.count(503)).as("refused for want of credit").isZero();
                TROUBLED.add(Instant.now().toEpochMilli() / FaultyMarket.EPOCH.toMillis());
                kill(ROUTERS.getFirst(), load);
            });
        });
    }

    @Test
    @Order(6)
    void anOutageOfBillingEndsInRefusalsAndLosesNothing() {
        assumeThat(isLong()).as("leases live for two minutes").isTrue();
        under("billing is away for " + OUTAGE.toSeconds() + " s", load -> {
            market.withoutSupervisor(() -> {
                market.signal(BILLING, "KILL");
                LockSupport.parkNanos(OUTAGE.toNanos());
            });
            assertThat(load.count(503)).as("refused for want of credit").isPositive();
        });
    }

    @Test
    @Order(7)
    void aSecondProcessUnderARoutersIdSellsNothing() {
        var door = market.doors().subList(0, 1);
        under("router-1 is started twice more, on its journal and on another one", door, load -> {
            var router = FaultyMarket.pid(ROUTERS.getFirst());
            try (var onItsJournal = market.startFirstRouterAgain();
                    var onAnother = market.startFirstRouterAgainOnAnotherJournal()) {
                endsAsTheJournalIsTaken(onItsJournal);
                waitsAsTheRouterLives(onAnother);
                awaitAnswers(load);
                assertThat(onAnother.process().isAlive()).isTrue();
                assertThat(onAnother.serves()).isFalse();
            }
            assertThat(FaultyMarket.pid(ROUTERS.getFirst())).isEqualTo(router);
            assertThat(load.count(503)).as("refused for want of credit").isZero();
            assertThat(load.lost()).isEmpty();
        });
    }

    private static void endsAsTheJournalIsTaken(SecondRouter second) {
        await().atMost(GOES_ON)
                .failFast("it serves", second::serves)
                .until(() -> !second.process().isAlive());
        assertThat(second.process().exitValue()).isEqualTo(1);
        assertThat(second.said()).contains("Another process has the journal", "STREAMSYNC_ROUTER_ID");
    }

    private static void waitsAsTheRouterLives(SecondRouter second) {
        await().atMost(GOES_ON)
                .failFast("it serves", second::serves)
                .until(() -> second.said().contains("Billing does not take this start"));
        assertThat(second.said()).containsPattern("Start \\d+ of router 1 called less than 15 s ago");
    }

    @Test
    @Order(8)
    void twoRoutersSpendOneBalanceToItsEndAndNoFurther() {
        var account = market.openAccount(SMALL_DEPOSIT);
        say("two routers spend one balance");
        var load = Load.of(account, market.doors(), PAUSE);
        try (load) {
            await().atMost(GOES_ON).until(() -> load.count(402) > SOME_ANSWERS);
            strike(load);
        }
        var audit = new Audit(load, SMALL_DEPOSIT);
        count(audit, audit.agree());
        assertThat(agreed(account))
                .as("nothing is left but what came back at last, and less than one ask")
                .isBetween(BigDecimal.ZERO, audit.givenBack().add(new BigDecimal(FaultyMarket.ASK)));
    }

    @Test
    @Order(9)
    void theBooksOfAllAccountsStillAgreeInTheEnd() {
        AGREED.forEach((account, balance) -> assertThat(Books.decimal(account.state(), "balance"))
                .as(account.id())
                .isEqualByComparingTo(balance));
        assertThat(givenBack).as("wrong answers that were paid for at first").isPositive();
        say("the books of " + AGREED.size() + " accounts have not changed since");
    }

    @Test
    @Order(10)
    void theBooksFitWhatTheyWereMadeFrom() {
        assertThat(market.reconcile()).as(market.output("reconcile")).isZero();
    }

    @Test
    @Order(11)
    void anEpochOfEachFaultIsVerifiedFromOutsideWithWhatClientsWereTold() {
        var sealed = sealed();
        assertThat(sealed).isNotEmpty();
        for (var at = 1; at < sealed.size(); at++) {
            assertThat(sealed.get(at - 1)).as("sealed once, none left out").isEqualTo(sealed.get(at) + 1);
        }
        var verified = new TreeMap<Long, List<Entry>>();
        TROUBLED.forEach(epoch -> verified.put(epoch, new ArrayList<>()));
        STRUCK.values().stream()
                .map(one -> one.settled(GOES_ON))
                .forEach(settled -> verified.computeIfAbsent(settled.epoch(), _ -> new ArrayList<>())
                        .addAll(settled.receipts()));
        verified.forEach(this::verify);
        say("%d of %d sealed epochs are verified, with %d receipts of what was told as things broke"
                .formatted(
                        verified.size(),
                        sealed.size(),
                        verified.values().stream().mapToInt(List::size).sum()));
    }

    private void verify(long epoch, List<Entry> receipts) {
        // the secrets of an epoch are told a while after it is sealed
        await().atMost(GOES_ON)
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> market.verify(epoch, receipts) != NOT_YET);
        var said = market.output("verify-" + epoch);
        assertThat(said).contains("Everything fits.");
        if (!receipts.isEmpty()) {
            assertThat(said).containsPattern("receipts +" + receipts.size() + " proven");
        }
    }

    @Test
    @Order(12)
    void whatIsSealedIsWhatClientsPaid() {
        await().atMost(GOES_ON).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            var sums = market.api().items("/v1/settlements").stream()
                    .map(settlement -> settlement.path("sums"))
                    .toList();
            assertThat(Books.sum(sums, "charged")).as("charged").isEqualByComparingTo(charged);
            assertThat(Books.sum(sums, "refunded")).as("refunded").isEqualByComparingTo(givenBack);
        });
        say("%s USDC were charged by all that is sealed, %s came back"
                .formatted(charged.toPlainString(), givenBack.toPlainString()));
    }

    /// Somebody is in the middle of what it does, and cannot go on.
    private static void awaitWho(HeldUp heldUp) {
        await().atMost(GOES_ON).pollInterval(Duration.ofMillis(50)).until(heldUp::holdsSomebody);
    }

    /// Epochs, newest first.
    private List<Long> sealed() {
        return epochs(market.api().items("/v1/settlements"));
    }

    private static List<Long> epochs(List<JsonNode> settlements) {
        return settlements.stream()
                .map(settlement -> settlement.path("epoch").asLong())
                .toList();
    }

    private void kill(String victim, Load load) {
        say("  " + victim + " is killed");
        strike(load);
        market.signal(victim, "KILL");
        kills++;
    }

    private static void strike(Load load) {
        STRUCK.put(load, Struck.now(load));
    }

    private void under(String what, Consumer<Load> fault) {
        under(what, market.doors(), fault);
    }

    private void under(String what, List<Api> doors, Consumer<Load> fault) {
        say(what);
        try {
            survive(doors, fault);
        } catch (AssertionError | RuntimeException e) {
            failures++;
            say("  DID NOT HOLD: " + e);
            throw e;
        }
    }

    /// Something happens to a market under load; once it has healed, everything has to agree.
    private void survive(List<Api> doors, Consumer<Load> fault) {
        var account = market.openAccount(DEPOSIT);
        var begun = Instant.now();
        var load = Load.of(account, doors, PAUSE);
        try (load) {
            awaitAnswers(load);
            strike(load);
            fault.accept(load);
            market.awaitHealthy();
            awaitAnswers(load);
        }
        assertThat(load.log().entries().stream().map(Entry::status).distinct().toList())
                .isSubsetOf(ALLOWED);
        var audit = new Audit(load, DEPOSIT);
        var healed = Instant.now();
        var unseen = audit.agree();
        assertThat(Duration.between(healed, Instant.now())).isLessThan(DRAINED);
        assertThat(audit.foundOut()).as("lies that were found out").isNotEmpty();
        agreed(account);
        say("  agrees after %d s: %d answered, %d lost on the way, of which %d were races, %s USDC came back"
                .formatted(
                        Duration.between(begun, Instant.now()).toSeconds(),
                        load.count(200),
                        load.lost().size(),
                        unseen,
                        audit.givenBack().toPlainString()));
        count(audit, unseen);
    }

    private static void count(Audit audit, int unseen) {
        var load = audit.load();
        charged = charged.add(audit.charged());
        givenBack = givenBack.add(audit.givenBack());
        answers += load.log().entries().size();
        charges += audit.charges();
        lies += load.lies().size();
        unanswered += load.count(504);
        lost += load.lost().size();
        lostRaces += unseen;
    }

    private static BigDecimal agreed(Account account) {
        var balance = Books.decimal(account.state(), "balance");
        AGREED.put(account, balance);
        return balance;
    }

    private static void awaitAnswers(Load load) {
        var before = load.count(200);
        await().atMost(GOES_ON).until(() -> load.count(200) > before + SOME_ANSWERS);
    }

    /// One of them that is there: who died just now is not always back.
    private static String anyOf(List<String> names) {
        return await().atMost(GOES_ON)
                .until(
                        () -> names.get(RANDOM.nextInt(names.size())),
                        name -> FaultyMarket.pid(name).isPresent());
    }

    /// What a commit is tried with: services live too short for the slower compiler to pay.
    static boolean isShort() {
        return !isLong() && KILLS <= 50;
    }

    /// Longer than a lease lives: nobody waits for that in a commit.
    static boolean isLong() {
        return OUTAGE.compareTo(Duration.ofMinutes(2)) > 0;
    }

    private static void say(String line) {
        System.out.println("chaos: " + line);
    }
}
