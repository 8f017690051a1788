package io.streamsync.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The document of the public interfaces (`docs/api/openapi.json`), to hold what a service serves against it: path by
/// path and method by method, written as `GET /v1/races/{raceId}`.
public final class OpenApi {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private OpenApi() {}

    public static JsonNode document() {
        return JSON.readTree(file());
    }

    /// What the document says that this service serves: each path names its service as `x-service`.
    public static Set<String> operationsOf(String service) {
        var operations = new TreeSet<String>();
        for (var path : document().path("paths").properties()) {
            if (path.getValue().path("x-service").asString("").equals(service)) {
                path.getValue().propertyNames().forEach(member -> {
                    if (METHODS.contains(member)) {
                        operations.add(member.toUpperCase(Locale.ROOT) + " " + path.getKey());
                    }
                });
            }
        }
        return operations;
    }

    /// Tests run in the folder of their module.
    private static Path file() {
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            var file = folder.resolve("docs/api/openapi.json");
            if (Files.exists(file)) {
                return file;
            }
        }
        throw new IllegalStateException("docs/api/openapi.json is above no folder of this module");
    }
}
