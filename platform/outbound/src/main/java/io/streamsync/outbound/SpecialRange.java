package io.streamsync.outbound;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// Addresses that are not a host of the public internet (the IANA registries of special-purpose addresses).
record SpecialRange(Cidr range, String kind) {

    private static final Cidr GLOBAL_UNICAST = Cidr.parse("2000::/3");

    private static final List<SpecialRange> ALL = List.of(
            of("0.0.0.0/8", "an address of this very host"),
            of("10.0.0.0/8", "a private address"),
            of("100.64.0.0/10", "a carrier's shared address"),
            of("127.0.0.0/8", "a loopback address"),
            of("169.254.0.0/16", "a link-local address, where clouds keep their metadata"),
            of("172.16.0.0/12", "a private address"),
            of("192.0.0.0/24", "a protocol address"),
            of("192.0.2.0/24", "a documentation address"),
            of("192.88.99.0/24", "a 6to4 relay"),
            of("192.168.0.0/16", "a private address"),
            of("198.18.0.0/15", "a benchmarking address"),
            of("198.51.100.0/24", "a documentation address"),
            of("203.0.113.0/24", "a documentation address"),
            of("224.0.0.0/4", "a multicast address"),
            of("240.0.0.0/4", "a reserved address"),
            of("::/128", "an address of this very host"),
            of("::1/128", "a loopback address"),
            of("64:ff9b::/96", "a NAT64 address"),
            of("64:ff9b:1::/48", "a NAT64 address"),
            of("2001::/23", "a protocol or tunnel address"),
            of("2001:db8::/32", "a documentation address"),
            of("2002::/16", "a 6to4 address"),
            of("3fff::/20", "a documentation address"),
            of("fc00::/7", "a private address"),
            of("fe80::/10", "a link-local address"),
            of("ff00::/8", "a multicast address"));

    /// What kind of special address this is; none for a public host's.
    static Optional<String> kindOf(InetAddress address) {
        var special = ALL.stream()
                .filter(candidate -> candidate.range.contains(address))
                .map(SpecialRange::kind)
                .findFirst();
        if (special.isEmpty() && address instanceof Inet6Address && !GLOBAL_UNICAST.contains(address)) {
            return Optional.of("outside of the public IPv6 range");
        }
        return special;
    }

    private static SpecialRange of(String range, String kind) {
        return new SpecialRange(Cidr.parse(range), kind);
    }
}
