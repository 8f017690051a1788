package io.streamsync.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.testing.OpenApi;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The document of the public interfaces at the started router, and whether it says what is.
class DocumentationServiceTests extends StartedRouter {

    @Test
    void servesTheDocument() {
        var response = get("/openapi.json");

        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(JSON.readTree(response.body())).isEqualTo(OpenApi.document());
    }

    /// One in 130 of these was never answered while documents were written piece by piece.
    @Test
    void leavesNoTraceOnTheConnectionThatADocumentWasReadOver() {
        for (var round = 0; round < 600; round++) {
            assertThat(get("/openapi.json").statusCode()).isEqualTo(200);
            assertThat(get("/v1/market").statusCode()).isEqualTo(200);
            assertThat(send(request(null, "/v1/quotes")
                                    .timeout(Duration.ofSeconds(5))
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString("{\"method\":\"getBalance\"}")))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/docs,text/html,start.js",
        "/docs/problems,text/html,invalid_request",
        "/docs/swagger-ui.css,text/css,swagger-ui",
        "/docs/swagger-ui-bundle.js,text/javascript,SwaggerUIBundle",
        "/docs/start.js,text/javascript,/openapi.json",
        "/docs/page.css,text/css,font",
        "/docs/favicon-32x32.png,image/png,PNG",
    })
    void servesAllThatItTakesToBrowseIt(String path, String type, String content) {
        var response = get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .get()
                .asString()
                .startsWith(type);
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(response.body()).contains(content);
    }

    @ParameterizedTest
    @CsvSource({"/docs", "/docs/problems"})
    void runsScriptsOfItsOwnOnly(String path) {
        var page = get(path);

        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .get()
                .asString()
                .contains("default-src 'none'", "script-src 'self';");
        assertThat(page.body()).doesNotContain("https://", "http://").doesNotContainPattern("<script>|onload=");
    }

    @ParameterizedTest
    @CsvSource({"/docs/index.html", "/docs/page.html", "/docs/openapi.json", "/documentation/start.js", "/docs/x"})
    void servesNoOtherFile(String path) {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @MethodSource("operationsOfOthers")
    void leadsEveryOperationToItsService(String service, String operation) {
        var method = operation.substring(0, operation.indexOf(' '));
        var path = operation.substring(method.length() + 1).replaceAll("\\{[^}]+}", "x1");

        var response = send(request(null, path).method(method, BodyPublishers.noBody()));

        // nobody listens where reputation should be
        assertThat(response.statusCode()).isEqualTo(service.equals("reputation") ? 503 : 200);
        assertThat(JSON.readTree(response.body()).path("service").asString("reputation"))
                .isEqualTo(service);
    }

    @Test
    void showsPagesAsTheDocumentSays() {
        assertFits("MarketPage", get("/v1/market").body());
        assertFits("NetworkPage", get("/v1/network").body());
        assertFits("Problem", get("/nothing").body());
        assertFits("Problem", get("/v1/solana/blocks/1").body());
        assertFits("JsonRpcAnswer", balance(RICH).body());
        assertFits("JsonRpcAnswer", balance("wrong").body());
        assertFits(
                "RestAnswer",
                send(request(RICH, "/v1/solana/accounts/11111111111111111111111111111111/balance"))
                        .body());
        assertFits(
                "Quote",
                send(request(null, "/v1/quotes")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"method\":\"getBalance\"}")))
                        .body());
    }

    private static void assertFits(String schema, String answer) {
        assertThat(Schemas.unfit(schema, JSON.readTree(answer))).as(schema).isEmpty();
    }

    private static Stream<String[]> operationsOfOthers() {
        return Stream.of("billing", "operator-onboarding", "reputation")
                .flatMap(service ->
                        OpenApi.operationsOf(service).stream().map(operation -> new String[] {service, operation}));
    }
}
