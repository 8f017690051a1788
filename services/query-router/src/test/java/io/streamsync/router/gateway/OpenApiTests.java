package io.streamsync.router.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.router.Schemas;
import io.streamsync.testing.OpenApi;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The document of the public interfaces, before anything is started.
class OpenApiTests {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private final JsonNode document = OpenApi.document();

    @Test
    void isAnOpenApiDocument() {
        assertThat(Schemas.unfit(document)).isEmpty();
    }

    @Test
    void refersOnlyToWhatIsThere() {
        var references = document.findValuesAsString("$ref");

        assertThat(references).hasSizeGreaterThan(100).allSatisfy(reference -> {
            assertThat(reference).startsWith("#/");
            assertThat(document.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        });
    }

    @Test
    void givesExamplesThatFitTheirSchemas() {
        var schemas = document.path("components").path("schemas");

        assertThat(schemas.properties()).isNotEmpty().allSatisfy(schema -> {
            for (var example : schema.getValue().path("examples")) {
                assertThat(Schemas.unfit(schema.getKey(), example))
                        .as(schema.getKey())
                        .isEmpty();
            }
        });
    }

    @Test
    void describesEveryOperation() {
        assertThat(operations()).isNotEmpty().allSatisfy(operation -> {
            assertThat(operation.path("summary").asString("")).isNotEmpty();
            assertThat(operation.path("tags").size()).isEqualTo(1);
            assertThat(operation.path("responses").size()).isPositive();
            assertThat(operation.has("security")).isTrue();
        });
        assertThat(operations())
                .extracting(operation -> operation.path("operationId").asString())
                .doesNotHaveDuplicates();
    }

    @Test
    void namesWhatTheRouterServes() {
        var served = new TreeSet<String>();
        OwnPaths.METHODS.forEach((path, methods) ->
                methods.forEach(method -> served.add(method + " " + path.replaceAll(":[^}]+}", "}"))));

        assertThat(OpenApi.operationsOf("query-router")).isEqualTo(served);
    }

    @Test
    void namesEveryCodeOfARefusal() {
        var codes = document.at("/components/schemas/Problem/properties/code/enum").values().stream()
                .map(JsonNode::asString)
                .toList();

        assertThat(codes)
                .containsAll(Arrays.stream(ProblemCode.values()).map(Enum::name).toList());
        var explained = Documentation.problems();
        assertThat(codes)
                .allSatisfy(
                        code -> assertThat(explained).contains("<h3 id=\"" + code.toLowerCase(Locale.ROOT) + "\">"));
    }

    private List<JsonNode> operations() {
        var operations = new ArrayList<JsonNode>();
        for (var path : document.path("paths")) {
            path.properties().stream()
                    .filter(member -> METHODS.contains(member.getKey()))
                    .forEach(member -> operations.add(member.getValue()));
        }
        return operations;
    }
}
