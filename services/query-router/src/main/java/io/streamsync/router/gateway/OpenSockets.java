package io.streamsync.router.gateway;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Bounds the connections of strangers. A network may have as many as are still free: alone it gets half of all, and
/// however many it takes, the next network finds as much room as it has.
final class OpenSockets {

    /// Of an IPv6 address: what is given to one subscriber.
    private static final int PREFIX_BYTES = 8;

    private final int most;
    private final AtomicInteger all = new AtomicInteger();
    private final Map<Object, Integer> byNetwork = new ConcurrentHashMap<>();

    OpenSockets(int most) {
        this.most = most;
    }

    /// @return false when there is no room for this one; else [#leave] must follow
    boolean enter(SocketAddress remote) {
        var free = most - all.incrementAndGet();
        var own = byNetwork.merge(network(remote), 1, Integer::sum);
        if (free < 0 || own - 1 > free) {
            leave(remote);
            return false;
        }
        return true;
    }

    void leave(SocketAddress remote) {
        all.decrementAndGet();
        byNetwork.compute(network(remote), (_, open) -> open == null || open <= 1 ? null : open - 1);
    }

    int count() {
        return all.get();
    }

    private static Object network(SocketAddress remote) {
        return remote instanceof InetSocketAddress inet && inet.getAddress() != null
                ? network(inet.getAddress())
                : remote;
    }

    private static Object network(InetAddress address) {
        return address instanceof Inet6Address
                ? ByteBuffer.wrap(address.getAddress(), 0, PREFIX_BYTES).getLong()
                : address;
    }
}
