package io.streamsync.router.gateway;

import org.jspecify.annotations.Nullable;

/// The one form in which a path is matched and forwarded. Signs that may stand for themselves in a segment, and that
/// clients encode all the same (RFC 3986, 3.3: the plus in versions of parameters), do so here.
final class PathForm {

    private static final String SIGNS = "+:@$&,=";
    private static final int ENCODED = 3;
    private static final int HEX = 16;

    private PathForm() {}

    /// @return null when there is a dot segment, an empty one, or a sign that could hide one: no path of ours has any
    static @Nullable String of(String rawPath) {
        var path = rawPath.indexOf('%') < 0 ? rawPath : decoded(rawPath);
        return isAmbiguous(path) ? null : path;
    }

    /// What is encoded beside those signs stays so.
    private static String decoded(String rawPath) {
        var path = new StringBuilder(rawPath.length());
        for (var i = 0; i < rawPath.length(); i++) {
            var sign = rawPath.charAt(i) == '%' ? sign(rawPath, i) : -1;
            if (sign < 0) {
                path.append(rawPath.charAt(i));
            } else {
                path.append((char) sign);
                i += ENCODED - 1;
            }
        }
        return path.toString();
    }

    /// @return -1 when it is none of those signs
    private static int sign(String rawPath, int at) {
        if (at + ENCODED > rawPath.length()) {
            return -1;
        }
        var high = Character.digit(rawPath.charAt(at + 1), HEX);
        var low = Character.digit(rawPath.charAt(at + 2), HEX);
        var sign = high < 0 || low < 0 ? -1 : high * HEX + low;
        return SIGNS.indexOf(sign) < 0 ? -1 : sign;
    }

    private static boolean isAmbiguous(String path) {
        for (var i = 0; i < path.length(); i++) {
            var c = path.charAt(i);
            var afterSlash = i > 0 && path.charAt(i - 1) == '/';
            if (c == '%' || c == ';' || c == '\\' || (afterSlash && (c == '.' || c == '/'))) {
                return true;
            }
        }
        return false;
    }
}
