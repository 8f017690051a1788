package io.streamsync.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.streamsync.system.Api.Reply;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The OpenAPI document of the repository: every answer that a story sees is one that it describes.
final class Contract {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Contract CONTRACT =
            new Contract(JsonMapper.shared().readTree(Market.read(Market.REPOSITORY.resolve("docs/api/openapi.json"))));

    private final JsonNode document;
    private final List<Path> paths;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    private Contract(JsonNode document) {
        this.document = document;
        this.paths = document.path("paths")
                .propertyStream()
                .map(path -> Path.of(path.getKey(), path.getValue()))
                .sorted(Comparator.comparingInt(Path::parameters))
                .toList();
    }

    /// Preflights belong to browsers, not to the interfaces.
    static void check(String method, String path, Reply reply) {
        if ("OPTIONS".equals(method)) {
            return;
        }
        CONTRACT.checkAnswer(method, path.replaceAll("\\?.*", ""), reply);
    }

    /// What nobody serves is described nowhere: the edge's own 404 and 405 say so.
    private void checkAnswer(String method, String path, Reply reply) {
        var described = operation(method, path);
        if (described.isEmpty()) {
            assertThat(reply.status())
                    .as("%s %s is not described", method, path)
                    .isIn(404, 405);
            return;
        }
        var what = "%s %s -> %d %s".formatted(method, path, reply.status(), reply.body());
        var response = resolved(described.get().at("/responses/" + reply.status()));
        assertThat(response.isMissingNode()).as("described: %.600s", what).isFalse();
        if (response.has("content")) {
            checkBody(what, response.path("content"), reply);
        } else {
            assertThat(reply.body()).as(what).isEmpty();
        }
    }

    private void checkBody(String what, JsonNode content, Reply reply) {
        var type =
                reply.response().headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
        assertThat(content.has(type)).as("%s of %.600s", type, what).isTrue();
        if (type.endsWith("json")) {
            var errors = schema(content.path(type).path("schema")).validate(reply.json());
            assertThat(errors.stream().map(Error::toString)).as("%.2000s", what).isEmpty();
        }
    }

    private Optional<JsonNode> operation(String method, String path) {
        return paths.stream()
                .filter(template -> template.pattern().matcher(path).matches())
                .map(template -> template.item().path(method.toLowerCase(Locale.ROOT)))
                .filter(JsonNode::isObject)
                .findFirst();
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asString().substring(1)) : node;
    }

    /// With the document's components inside, to which its references point.
    private Schema schema(JsonNode node) {
        return schemas.computeIfAbsent(node.toString(), _ -> {
            var whole = (ObjectNode) node.deepCopy();
            whole.set("components", document.path("components"));
            return REGISTRY.getSchema(whole);
        });
    }

    /// A path of the document, `{name}` being any segment.
    private record Path(Pattern pattern, int parameters, JsonNode item) {

        static Path of(String template, JsonNode item) {
            return new Path(
                    Pattern.compile(template.replaceAll("\\{[^}]+}", "[^/]+")),
                    template.split("\\{", -1).length - 1,
                    item);
        }
    }
}
