package io.streamsync.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// A range of addresses such as `10.0.0.0/8` or `2001:db8::/32`.
record Cidr(InetAddress network, int prefix) {

    Cidr {
        if (prefix < 0 || prefix > 8 * network.getAddress().length) {
            throw new IllegalArgumentException("no such prefix length: " + prefix);
        }
    }

    /// @throws IllegalArgumentException when the text is no range
    static Cidr parse(String text) {
        var parts = text.strip().split("/", -1);
        if (parts.length != 2 || !parts[1].matches("\\d{1,3}")) {
            throw new IllegalArgumentException("not a range of addresses such as 10.0.0.0/8: " + text);
        }
        return new Cidr(InetAddress.ofLiteral(parts[0]), Integer.parseInt(parts[1]));
    }

    /// The range of this prefix length that the address lies in.
    static Cidr around(InetAddress address, int prefix) {
        var bytes = address.getAddress();
        for (int bit = prefix; bit < 8 * bytes.length; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        try {
            return new Cidr(InetAddress.getByAddress(bytes), prefix);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    boolean contains(InetAddress address) {
        return address.getAddress().length == network.getAddress().length
                && Arrays.equals(
                        around(address, prefix).network.getAddress(),
                        around(network, prefix).network.getAddress());
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefix;
    }
}
