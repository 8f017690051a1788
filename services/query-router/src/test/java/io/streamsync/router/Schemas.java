package io.streamsync.router;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.streamsync.testing.OpenApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The schemas of the document of the public interfaces, to hold answers against.
public final class Schemas {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String DOCUMENT = "https://streamsync.example/openapi.json";
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemas(
                    uri -> uri.equals(DOCUMENT) ? OpenApi.document().toString() : null));

    private Schemas() {}

    /// What does not fit the schema of this name.
    public static List<Error> unfit(String name, JsonNode value) {
        return at("/components/schemas/" + name).validate(value);
    }

    /// What the document violates of OpenAPI 3.1.
    public static List<Error> unfit(JsonNode document) {
        try (var schema = Schemas.class.getResourceAsStream("/openapi-3.1-schema.json")) {
            return REGISTRY.getSchema(JSON.readTree(schema)).validate(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Schema at(String pointer) {
        return REGISTRY.getSchema(SchemaLocation.of(DOCUMENT + "#" + pointer));
    }
}
