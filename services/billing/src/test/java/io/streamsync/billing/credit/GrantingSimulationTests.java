package io.streamsync.billing.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.credit.Grant.Outcome;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.TestBalances;
import io.streamsync.billing.stream.StreamId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Random histories of two routers that sell to one customer by a capped key and without it: lost and repeated
/// answers, routers that die, leases given back early, caps that change, midnights. Whatever happens, no unit is
/// leased twice and no day's cap is exceeded.
class GrantingSimulationTests {

    private static final CustomerId CUSTOMER = new CustomerId("acc");
    private static final String KEY = "key";
    private static final long DEPOSIT = 300_000;
    private static final long ASK = 100;
    private static final int SEEDS = Integer.getInteger("streamsync.test.seeds", 2_000);
    private static final int STEPS = 120;

    /// In a row: by then each of two routers has been asked, and some answer was heard, under any seed.
    private static final int REFUSALS = 60;

    @Test
    void neverLeasesAUnitTwiceNorADayAboveItsCap() {
        underEverySeed(GrantingSimulationTests::history);
    }

    @Test
    void letsTwoRoutersSpendTheCapToTheLastUnit() {
        underEverySeed(GrantingSimulationTests::spendTheCap);
    }

    private static void underEverySeed(Consumer<Random> history) {
        for (var seed = 0; seed < SEEDS; seed++) {
            try {
                history.accept(new Random(seed));
            } catch (AssertionError | RuntimeException violated) {
                fail("seed " + seed, violated);
            }
        }
    }

    private static void history(Random random) {
        var books = new Books(20_000 + random.nextInt(40_000));
        var routers = List.of(new Router(1), new Router(2));

        for (var step = 0; step < STEPS; step++) {
            var router = routers.get(random.nextInt(routers.size()));
            var key = random.nextInt(4) == 0 ? null : KEY;
            switch (random.nextInt(20)) {
                case 0 -> router.die(books);
                case 1 -> books.midnight();
                case 2 -> books.cap = Math.max(0, books.cap + random.nextInt(20_000) - 8_000);
                case 3, 4 -> router.giveBack(books, key);
                case 5, 6 -> router.ask(books, key, random.nextBoolean(), true);
                case 7 -> router.ask(books, key, false, false);
                default -> router.sell(books, key, 1 + random.nextLong(ASK), random);
            }
            books.check();
        }
        routers.forEach(router -> router.die(books));

        books.check();
        assertThat(books.available + books.spent).as("nothing is stranded").isEqualTo(DEPOSIT);
        assertThat(books.leased()).isZero();
    }

    private static void spendTheCap(Random random) {
        var books = new Books(ASK * (10 + random.nextInt(100)));
        var routers = List.of(new Router(1), new Router(2));

        var refused = 0;
        while (refused < REFUSALS) {
            var router = routers.get(random.nextInt(2));
            refused = router.sell(books, KEY, ASK, random) ? 0 : refused + 1;
            books.check();
        }

        assertThat(books.spentOf(books.today)).isEqualTo(books.cap);
    }

    /// What billing keeps.
    private static final class Books {

        private final Map<UUID, Lease> leases = new HashMap<>();
        private final Map<LocalDate, Long> most = new HashMap<>();
        private LocalDate today = LocalDate.of(2026, 11, 22);
        private long available = DEPOSIT;
        private long spent;
        private long cap;

        Books(long cap) {
            this.cap = cap;
        }

        Grant grant(StreamId stream, LeaseRequest request) {
            var allowance =
                    new KeyAllowance(new KeyDay(KEY, today), CUSTOMER, cap, committed(today), spentOf(today), 1_000);
            var granting = new Granting(
                    stream,
                    2,
                    DEPOSIT,
                    Set.of(CUSTOMER),
                    Map.of(KEY, allowance),
                    leases.values().stream()
                            .filter(lease -> lease.open() && lease.stream().equals(stream))
                            .toList(),
                    TestBalances.of(Map.of(Account.available(CUSTOMER), available, Account.leased(CUSTOMER), leased())),
                    () -> new UUID(0, leases.size()));
            var before = committed(today);
            var grant = granting.grant(request);
            for (var changed : granting.changed()) {
                var known = leases.put(changed.id(), changed);
                available -= changed.granted() - (known == null ? 0 : known.granted());
            }
            if (committed(today) > before) {
                assertThat(committed(today)).as("granted above the cap").isLessThanOrEqualTo(cap);
            }
            return grant;
        }

        void spend(UUID id, long fee) {
            var next = lease(id).spend(fee);
            assertThat(next.unposted()).isNotNegative();
            leases.put(id, next);
            spent += fee;
        }

        void close(UUID id) {
            var lease = lease(id);
            if (lease.open()) {
                available += lease.unposted();
                leases.put(id, lease.close());
            }
        }

        private Lease lease(UUID id) {
            return Objects.requireNonNull(leases.get(id));
        }

        void midnight() {
            today = today.plusDays(1);
        }

        long committed(LocalDate day) {
            return ofDay(day).stream()
                    .mapToLong(lease -> lease.open() ? lease.granted() : lease.posted())
                    .sum();
        }

        long spentOf(LocalDate day) {
            return ofDay(day).stream().mapToLong(Lease::posted).sum();
        }

        long leased() {
            return leases.values().stream()
                    .filter(Lease::open)
                    .mapToLong(Lease::unposted)
                    .sum();
        }

        void check() {
            most.merge(today, cap, Math::max);
            assertThat(available).isNotNegative();
            assertThat(available + leased() + spent).isEqualTo(DEPOSIT);
            most.forEach((day, highest) -> assertThat(spentOf(day)).isLessThanOrEqualTo(highest));
        }

        private List<Lease> ofDay(LocalDate day) {
            return leases.values().stream()
                    .filter(lease ->
                            lease.keyDay() != null && lease.keyDay().day().equals(day))
                    .toList();
        }
    }

    /// What a router does: spends what it was told of, gives back what it cannot use.
    private static final class Router {

        private final int id;
        private final Map<String, Held> held = new HashMap<>();
        private int incarnation = 1;

        Router(int id) {
            this.id = id;
        }

        /// @return whether the fee could be paid
        boolean sell(Books books, @Nullable String key, long fee, Random random) {
            var lease = held.get(name(key));
            if (lease != null && key != null && !lease.day.equals(books.today)) {
                giveBack(books, key);
                lease = null;
            }
            if (lease == null || lease.left() < fee) {
                var outcome = ask(books, key, false, random.nextInt(5) > 0);
                lease = held.get(name(key));
                if (outcome == Outcome.CAP_REACHED && lease != null && lease.left() < fee) {
                    giveBack(books, key);
                }
            }
            if (lease == null || lease.left() < fee) {
                return false;
            }
            lease.spent += fee;
            books.spend(lease.id, fee);
            return true;
        }

        /// @param heard whether the answer arrives
        Outcome ask(Books books, @Nullable String key, boolean idle, boolean heard) {
            var lease = held.get(name(key));
            var request = new LeaseRequest(
                    "r",
                    CUSTOMER,
                    key,
                    lease == null ? null : lease.id,
                    500,
                    ASK,
                    key == null ? 0 : lease == null ? ASK : Math.max(0, ASK - lease.left()),
                    idle,
                    true,
                    0,
                    null);
            var grant = books.grant(new StreamId(id, incarnation), request);
            if (!heard) {
                return Outcome.NOTHING_LEFT;
            }
            if (grant.outcome() == Outcome.LEASE_CLOSED) {
                giveBack(books, key);
            } else if (grant.outcome() == Outcome.GRANTED && grant.lease() != null) {
                var granted = grant.lease();
                held.computeIfAbsent(name(key), _ -> new Held(granted.id(), books.today)).granted = granted.granted();
            }
            return grant.outcome();
        }

        void giveBack(Books books, @Nullable String key) {
            var lease = held.remove(name(key));
            if (lease != null) {
                books.close(lease.id);
            }
        }

        /// Its stream ends, and with it all its leases, also those that it never heard of.
        void die(Books books) {
            var stream = new StreamId(id, incarnation);
            new ArrayList<>(books.leases.values())
                    .stream().filter(lease -> lease.stream().equals(stream)).forEach(lease -> books.close(lease.id()));
            held.clear();
            incarnation++;
        }

        private static String name(@Nullable String key) {
            return key == null ? "" : key;
        }
    }

    private static final class Held {

        private final UUID id;
        private final LocalDate day;
        private long granted;
        private long spent;

        Held(UUID id, LocalDate day) {
            this.id = id;
            this.day = day;
        }

        long left() {
            return granted - spent;
        }
    }
}
