package io.streamsync.router.rest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A path of the REST queries: what is asked, and of whom.
///
/// @param subject the address, signature, slot or hash, not yet checked
public record RestPath(Resource resource, String subject) {

    private static final String ROOT = "/v1/solana/";

    /// @return null when the URI is none of these paths
    public static @Nullable RestPath of(String uri) {
        if (!uri.startsWith(ROOT)) {
            return null;
        }
        var query = uri.indexOf('?');
        var segments =
                uri.substring(ROOT.length(), query < 0 ? uri.length() : query).split("/", -1);
        if (segments.length < 2 || segments.length > 3 || segments[1].isEmpty()) {
            return null;
        }
        var resource = Resource.of(segments[0], segments.length == 3 ? segments[2] : "");
        return resource == null ? null : new RestPath(resource, segments[1]);
    }

    /// The call that this path stands for.
    ///
    /// @param parameters of the URI, decoded
    public RestQuery query(Map<String, List<String>> parameters) {
        try {
            return new RestQuery.Asked(resource.call(subject, new Config(parameters)));
        } catch (InvalidPartException invalid) {
            return new RestQuery.Wrong(invalid.part(), invalid.detail());
        }
    }
}
