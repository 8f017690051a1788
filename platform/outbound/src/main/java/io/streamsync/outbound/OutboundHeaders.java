package io.streamsync.outbound;

import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Headers that an operator wants sent to its node, such as a credential: none that steers the connection or the
/// content.
public record OutboundHeaders(Map<String, String> values) {

    private static final int MOST = 20;
    private static final int LONGEST_VALUE = 2_000;

    /// No longer than the routers send.
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}");

    private static final Set<String> REFUSED = Set.of(
            "host",
            "connection",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "expect",
            "accept-encoding",
            "http2-settings");

    private static final Set<String> REFUSED_PREFIXES = Set.of("content-", "proxy-", "sec-", "x-streamsync-");

    /// @throws IllegalArgumentException with a sentence for the reader
    public OutboundHeaders {
        if (values.size() > MOST) {
            throw new IllegalArgumentException("A node takes at most " + MOST + " headers.");
        }
        var seen = new HashSet<String>();
        values.forEach((name, value) -> {
            check(name, value);
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("The header " + name + " is given twice.");
            }
        });
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    public static OutboundHeaders none() {
        return new OutboundHeaders(Map.of());
    }

    private static void check(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("A header's name has 1 to 64 letters, digits and hyphens.");
        }
        var lower = name.toLowerCase(Locale.ROOT);
        if (REFUSED.contains(lower) || REFUSED_PREFIXES.stream().anyMatch(lower::startsWith)) {
            throw new IllegalArgumentException(
                    "The header " + name + " steers the connection or the content and cannot be set.");
        }
        if (value.length() > LONGEST_VALUE || !value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("The value of the header " + name + " has at most " + LONGEST_VALUE
                    + " characters, all of them printable ASCII: no line breaks.");
        }
    }
}
