package io.streamsync.router.gateway;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whether a client takes gzip (RFC 9110, 12.5.3).
final class AcceptedEncoding {

    private AcceptedEncoding() {}

    static boolean isGzip(@Nullable String accepted) {
        if (accepted == null) {
            return false;
        }
        var anything = false;
        for (var one : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
            var parts = one.split(";", 2);
            var coding = parts[0].trim();
            if (coding.equals("gzip") || coding.equals("x-gzip")) {
                return isWanted(parts);
            }
            anything |= coding.equals("*") && isWanted(parts);
        }
        return anything;
    }

    /// Not with a weight of 0.
    private static boolean isWanted(String[] parts) {
        return parts.length == 1 || !parts[1].replace(" ", "").matches("q=0(\\.0*)?");
    }
}
