package io.streamsync.onboarding.operator;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/// Where an operator presents itself; shown as a link, never fetched.
record Website(String value) {

    private static final int LONGEST = 200;

    /// @throws IllegalArgumentException saying what is wrong
    Website {
        if (value.length() > LONGEST || !isLink(value)) {
            throw new IllegalArgumentException("is not an http or https link of at most " + LONGEST + " characters");
        }
    }

    /// None for an absent or empty text.
    static @Nullable Website ofNullable(@Nullable String value) {
        return value == null || value.isEmpty() ? null : new Website(value);
    }

    private static boolean isLink(String value) {
        try {
            var uri = new URI(value);
            return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && value.chars().allMatch(c -> c > ' ' && c < 0x7f);
        } catch (URISyntaxException notAUri) {
            return false;
        }
    }
}
