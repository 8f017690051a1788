package io.streamsync.router.gateway;

import org.jspecify.annotations.Nullable;

/// The paths of JSON-RPC: `/`, `/v1/rpc` and `/v1/rpc/{key}`.
final class RpcPath {

    private static final String PATH = "/v1/rpc";

    private RpcPath() {}

    static boolean matches(String uri) {
        var end = end(uri);
        return (end == 1 && uri.charAt(0) == '/') || isPath(uri, end) || key(uri) != null;
    }

    /// The key in the path; null where there is none.
    static @Nullable String key(String uri) {
        var end = end(uri);
        if (end <= PATH.length() + 1 || !uri.startsWith(PATH) || uri.charAt(PATH.length()) != '/') {
            return null;
        }
        for (var i = PATH.length() + 1; i < end; i++) {
            if (!isOfAKey(uri.charAt(i))) {
                return null;
            }
        }
        return uri.substring(PATH.length() + 1, end);
    }

    private static boolean isPath(String uri, int end) {
        return end == PATH.length() && uri.startsWith(PATH);
    }

    private static boolean isOfAKey(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }

    private static int end(String uri) {
        var query = uri.indexOf('?');
        return query < 0 ? uri.length() : query;
    }
}
