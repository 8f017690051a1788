package io.streamsync.onboarding.endpoint;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Finds the addresses of a host name.
@FunctionalInterface
interface HostNames {

    List<InetAddress> addresses(String name) throws UnknownHostException;
}
