package io.streamsync.onboarding.portal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Which part of a list is asked for.
///
/// @param after the key of the item before; empty at the start
public record PageRequest(int limit, String after) {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAXIMUM_LIMIT = 500;
    private static final int LONGEST_CURSOR = 200;

    public static PageRequest of(@Nullable Integer limit, @Nullable String cursor) {
        if (limit != null && (limit < 1 || limit > MAXIMUM_LIMIT)) {
            throw Fields.invalid("limit", "must be 1 to " + MAXIMUM_LIMIT);
        }
        return new PageRequest(limit == null ? DEFAULT_LIMIT : limit, cursor == null ? "" : read(cursor));
    }

    static String cursor(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(UTF_8));
    }

    private static String read(String cursor) {
        try {
            var key = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
            if (cursor.length() <= LONGEST_CURSOR && key.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
                return key;
            }
        } catch (IllegalArgumentException notBase64) {
            // refused below
        }
        throw Fields.invalid("cursor", "is not one that a page named");
    }
}
