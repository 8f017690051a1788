package io.streamsync.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Finds the addresses of a host name; the guard checks each of them.
@FunctionalInterface
public interface HostNames {

    List<InetAddress> addresses(String name) throws UnknownHostException;
}
