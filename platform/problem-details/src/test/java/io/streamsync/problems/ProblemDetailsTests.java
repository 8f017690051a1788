package io.streamsync.problems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "streamsync.service-token=" + ProblemDetailsTests.TOKEN)
class ProblemDetailsTests {

    static final String TOKEN = "0123456789abcdef0123456789abcdef";

    private final HttpClient http = HttpClient.newHttpClient();

    @Value("${local.server.port}")
    int port;

    @Test
    void rendersARefusalWithItsMembers() throws Exception {
        var response = send(request("/low"));
        var problem = JsonMapper.shared().readTree(response.body());

        assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(problem.path("code").asString()).isEqualTo("STAKE_BELOW_MINIMUM");
        assertThat(problem.path("minimum").asString()).isEqualTo("10000");
        assertThat(problem.path("instance").asString()).isEqualTo("/low");
        assertThat(problem.path("errors").path(0).path("field").asString()).isEqualTo("amount");
        assertThat(UUID.fromString(problem.path("requestId").asString())).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    GET  | /nowhere     |                    | 404 | NOT_FOUND
                    GET  | /numbers/abc |                    | 400 | INVALID_REQUEST
                    GET  | /numbers/1?unit=%F0%9F |          | 400 | INVALID_REQUEST
                    DELETE | /low       |                    | 405 | INVALID_REQUEST
                    POST | /orders      |                    | 400 | INVALID_REQUEST
                    POST | /orders      | {"count":          | 400 | INVALID_REQUEST
                    POST | /orders      | [1]                | 400 | INVALID_REQUEST
                    POST | /orders      | {"count":1e999}    | 400 | INVALID_REQUEST
                    POST | /orders      | {"count":"many"}   | 400 | INVALID_REQUEST
                    GET  | /conflict    |                    | 409 | VERSION_CONFLICT
                    GET  | /locked      |                    | 503 | UNAVAILABLE
                    GET  | /broken      |                    | 500 | INTERNAL
                    """)
    void namesEveryFailureByACode(String method, String path, String body, int status, String code) throws Exception {
        var response = send(request(path)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .header("content-type", "application/json"));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(problem(response).path("code").asString()).isEqualTo(code);
        assertThat(response.body()).doesNotContain("Exception", "java.", "io.streamsync");
    }

    @Test
    void keepsInternalEndpointsForServices() throws Exception {
        assertThat(send(request("/internal/door")).statusCode()).isEqualTo(401);
        assertThat(send(request("/internal/door").header("Authorization", "Bearer " + TOKEN + "x"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(request("/internal/door").header("Authorization", "Bearer " + TOKEN))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void doesNotStartWithoutACredential() {
        assertThatThrownBy(() -> {
                    try (var context = SpringApplication.run(Application.class, "--server.port=0")) {
                        context.start();
                    }
                })
                .rootCause()
                .hasMessageContaining("STREAMSYNC_SERVICE_TOKEN");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode problem(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(Door.class)
    static class Application {}

    @RestController
    static class Door {

        @GetMapping("/low")
        String low() {
            throw new Refusal(ProblemCode.STAKE_BELOW_MINIMUM, "Add 1 STRM.")
                    .with("minimum", "10000")
                    .field("amount", "too small");
        }

        @GetMapping("/numbers/{n}")
        int number(@PathVariable int n, @RequestParam(defaultValue = "1") String unit) {
            return n * unit.length();
        }

        @PostMapping("/orders")
        int order(@RequestBody Order order) {
            return order.count();
        }

        @GetMapping("/conflict")
        String conflict() {
            throw new OptimisticLockingFailureException("two at once");
        }

        @GetMapping("/locked")
        String locked() {
            throw new CannotAcquireLockException("somebody holds it");
        }

        @GetMapping("/broken")
        String broken() {
            throw new IllegalStateException("secret of the house");
        }

        @GetMapping("/internal/door")
        String internal() {
            return "in";
        }
    }

    record Order(int count) {}
}
