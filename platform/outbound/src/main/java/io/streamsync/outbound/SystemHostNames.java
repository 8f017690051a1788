package io.streamsync.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The machine's resolver, within a time limit. It blocks in native code, where a virtual thread holds its
/// carrier: name servers that never answer must hold these few threads and no others.
class SystemHostNames implements HostNames {

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int THREADS = 8;

    /// Lookups that would wait longer than the limit anyway.
    private static final int WAITING = 64;

    private final ThreadPoolExecutor lookups = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            Thread.ofPlatform().name("host-names-", 0).daemon().factory());

    SystemHostNames() {
        lookups.allowCoreThreadTimeOut(true);
    }

    @Override
    public List<InetAddress> addresses(String name) throws UnknownHostException {
        try {
            var lookup = lookups.submit(() -> List.of(InetAddress.getAllByName(name)));
            return within(lookup, name);
        } catch (RejectedExecutionException busy) {
            throw new UnknownHostException("too many names are being looked up");
        }
    }

    private static List<InetAddress> within(Future<List<InetAddress>> lookup, String name) throws UnknownHostException {
        try {
            return lookup.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException unknown) {
            throw new UnknownHostException(name + " is not known");
        } catch (TimeoutException late) {
            throw new UnknownHostException(name + " was not found within " + LIMIT.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException("interrupted");
        } finally {
            lookup.cancel(true);
        }
    }
}
