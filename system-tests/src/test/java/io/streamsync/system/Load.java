package io.streamsync.system;

import io.streamsync.system.Market.Account;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// Clients of one account that ask at all doors of a market, whatever happens to it, and write down every answer.
final class Load implements AutoCloseable {

    private static final int CLIENTS = 8;
    private static final String METHOD = "getBalance";
    private static final String ADDRESS = "[\"11111111111111111111111111111111\"]";
    private static final String SILENT = "[\"" + StubNode.SILENT + "\"]";

    /// So seldom that no node seems to have gone away.
    private static final int UNANSWERED_ONE_IN = 50;

    private final Account account;
    private final Duration pause;
    private final ClientLog log = new ClientLog();
    private final Queue<Lost> lost = new ConcurrentLinkedQueue<>();
    private final Set<String> lies = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private final List<Future<?>> clients = new ArrayList<>();
    private volatile boolean ended;

    private Load(Account account, Duration pause) {
        this.account = account;
        this.pause = pause;
    }

    /// @param doors routers, each asked by as many clients
    /// @param pause of a client between two queries
    static Load of(Account account, List<Api> doors, Duration pause) {
        var load = new Load(account, pause);
        IntStream.range(0, CLIENTS)
                .mapToObj(number -> doors.get(number % doors.size()).as(account.apiKey()))
                .forEach(door -> load.clients.add(load.threads.submit(() -> load.ask(door))));
        return load;
    }

    Account account() {
        return account;
    }

    /// What was answered so far.
    ClientLog log() {
        return log;
    }

    /// Queries that a router may have taken, of whose answer nothing came.
    List<Lost> lost() {
        return List.copyOf(lost);
    }

    /// Races whose answer was wrong: what clients know of themselves.
    Set<String> lies() {
        return Set.copyOf(lies);
    }

    /// How many came with this status.
    long count(int status) {
        return log.entries().stream().filter(entry -> entry.status() == status).count();
    }

    /// Lets everybody finish the query at hand.
    @Override
    public void close() {
        ended = true;
        threads.shutdown();
        for (var client : clients) {
            try {
                client.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a client gave up", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private void ask(Api door) {
        for (var asked = 1; !ended; asked++) {
            var from = Instant.now();
            try {
                var params = asked % UNANSWERED_ONE_IN == 0 ? SILENT : ADDRESS;
                var answer = log.add(METHOD, params, door.query(METHOD, params));
                if (answer.status() == 200 && !StubNode.isRight(answer.json())) {
                    lies.add(answer.header("Race"));
                }
            } catch (UncheckedIOException e) {
                if (!(e.getCause() instanceof ConnectException)) {
                    lost.add(new Lost(from, Instant.now()));
                }
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    /// A query whose answer was lost, asked at the one time and given up at the other.
    record Lost(Instant from, Instant to) {

        /// Clocks of router and client are one; times on the wire are cut to milliseconds.
        boolean mayHaveBeen(Instant race) {
            return !race.isBefore(from.minusMillis(1)) && !race.isAfter(to.plusMillis(1));
        }
    }
}
