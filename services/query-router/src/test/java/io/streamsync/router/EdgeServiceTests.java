package io.streamsync.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which paths lead where, and what the edge says itself, at the started router.
class EdgeServiceTests extends StartedRouter {

    private static final String PAGE = "https://page.example";

    @ParameterizedTest
    @CsvSource({
        "POST,/v1/auth/challenges,operator-onboarding",
        "POST,/v1/auth/sessions,operator-onboarding",
        "GET,/v1/operators,operator-onboarding",
        "GET,/v1/operators/op1/earnings?from=x,operator-onboarding",
        "PATCH,/v1/operators/op1/nodes/n1,operator-onboarding",
        "PUT,/v1/operators/op1/nodes/n1/asks/lookup,operator-onboarding",
        "POST,/v1/accounts,billing",
        "GET,/v1/account,billing",
        "PATCH,/v1/account,billing",
        "GET,/v1/account/usage?from=x&groupBy=hour,billing",
        "DELETE,/v1/account/keys/k1,billing",
        "GET,/v1/races?batch=b,billing",
        "GET,/v1/races/00ff,billing",
        "GET,/v1/market/history?class=lookup,billing",
        "GET,/v1/epochs,billing",
        "GET,/v1/epochs/7,billing",
        "GET,/v1/snapshots/00ff,billing",
        "GET,/v1/settlements/7/proofs/00ff,billing",
        "GET,/v1/settlements/7/leaves?from=1,billing",
        "GET,/v1/parameters/1+00ff0011,billing",
    })
    void leadsToTheServicesBehind(String method, String path, String service) {
        var answer = JSON.readTree(send(request(null, path).method(method, BodyPublishers.noBody()))
                .body());

        assertThat(answer.path("service").asString()).isEqualTo(service);
        assertThat(answer.path("method").asString()).isEqualTo(method);
        assertThat(answer.path("path").asString()).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/reputations",
        "/v1/nodes/n1/reputation",
        "/v1/disputes",
        "/v1/disputes/d1",
        "/v1/account/breaks-off"
    })
    void saysSoWhenAServiceDoesNotAnswer(String path) {
        var response = get(path);

        assertProblem(response, 503, "UNAVAILABLE");
    }

    @ParameterizedTest
    @CsvSource({
        "/internal/leases",
        "/internal/market/activity",
        "/internal/routers/7/incarnations",
        "/internal/races/00/payload",
        "/actuator",
        "/actuator/health",
        "/actuator/gateway/routes",
        "/v1/internal/leases",
        "/v1/account/../../internal/leases",
        "/v1/market/history/../../../internal/leases",
        "/v1/epochs/../../internal/leases",
        "/v1/races/./../internal",
        "/v1/account/%2e%2e/%2E%2E/internal/leases",
        "/v1/account/..;/internal/leases",
        "/v1/account/%252e%252e/internal",
        "/v1/account/..%2Finternal",
        "/v1/races%2F00",
        "/v1//internal/leases",
        "/webjars/swagger-ui/index.html",
        "/v1/nodes/n1",
        "/v1/nothing"
    })
    void showsNothingThatIsNotPublic(String path) {
        assertProblem(get(path), 404, "NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/parameters/1+f8c81188,/v1/parameters/1+f8c81188",
        "/v1/parameters/1%2Bf8c81188,/v1/parameters/1+f8c81188",
        "/v1/parameters/1%2bf8c81188?a=%2B%20b,/v1/parameters/1+f8c81188?a=%2B%20b",
        "/v1/races/a%3Ab%40c,/v1/races/a:b@c",
        "/v1/settlements/7/proofs/a%3Db,/v1/settlements/7/proofs/a=b"
    })
    void takesASignForTheSameHoweverItIsWritten(String asked, String forwarded) {
        var response = get(asked);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(response.body()).path("path").asString()).isEqualTo(forwarded);
    }

    @ParameterizedTest
    @CsvSource({"POST,/v1/rpc/a.b", "POST,/v1/rpc/a/b", "POST,/v1/rpcs", "POST,/x", "GET,/v1/rpc/a.b"})
    void answersJsonRpcAtItsPathsOnly(String method, String path) {
        var response =
                send(request(RICH, path).method(method, BodyPublishers.ofString(call("1", "getBalance", "[\"a\"]"))));

        assertProblem(response, 404, "NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,/,'GET,POST'",
        "GET,/v1/rpc,POST",
        "GET,/v1/rpc/key,POST",
        "GET,/v1/quotes,POST",
        "DELETE,/v1/market,GET",
        "POST,/v1/market/stream,GET",
        "POST,/v1/network,GET",
        "POST,/v1/solana/blocks/1,GET",
        "PUT,/v1/solana/accounts/a/balance,GET",
        "OPTIONS,/v1/network,GET"
    })
    void saysWhichMethodsAPathTakes(String method, String path, String allowed) {
        var response = send(request(RICH, path).method(method, BodyPublishers.noBody()));

        assertProblem(response, 405, "INVALID_REQUEST");
        assertThat(response.headers().firstValue("Allow").orElseThrow().split(",\\s*"))
                .containsExactlyInAnyOrder(allowed.split(","));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            text/plain       | {"method":"getSlot"} | 415
            application/json | {"method":           | 400
            application/json | nonsense             | 400
            application/json | ''                   | 400
            application/json | null                 | 400
            application/json | []                   | 400
            """)
    void refusesBodiesThatItCannotRead(String type, String body, int status) {
        var response =
                send(request(null, "/v1/quotes").header("Content-Type", type).POST(BodyPublishers.ofString(body)));

        assertProblem(response, status, "INVALID_REQUEST");
    }

    @Test
    void refusesBodiesThatAreTooLarge() {
        var large = "{\"method\":\"" + "x".repeat(2 * 1024 * 1024) + "\"}";

        var response = send(request(null, "/v1/quotes")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(large)));

        assertProblem(response, 413, "REQUEST_TOO_LARGE");
    }

    @ParameterizedTest
    @CsvSource({"text/html", "application/xml", "nonsense"})
    void answersInJsonWhateverIsAccepted(String accepted) {
        var response = send(request(null, "/v1/network").header("Accept", accepted));

        assertThat(response.headers().firstValue("Content-Type"))
                .get()
                .asString()
                .matches("application/(problem\\+)?json");
        assertThat(response.statusCode()).isBetween(200, 406);
    }

    @ParameterizedTest
    @CsvSource({"/", "/v1/rpc", "/v1/solana/blocks/1", "/v1/account", "/v1/network", "/nothing"})
    void letsAnyPageAskForPermission(String path) {
        var preflight = send(request(null, path)
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", PAGE)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type,x-streamsync-racers"));

        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().allValues("Access-Control-Allow-Origin")).containsExactly("*");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods"))
                .hasValue("GET, POST, PUT, PATCH, DELETE");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
                .hasValue("content-type,x-streamsync-racers");
    }

    @ParameterizedTest
    @CsvSource({
        "rich,POST,/,200",
        "wrong,POST,/,401",
        ",GET,/v1/network,200",
        ",GET,/v1/account,200",
        ",GET,/v1/account/missing,404",
        ",GET,/v1/account/breaks-off,503",
        ",GET,/v1/reputations,503",
        ",GET,/nothing,404",
        ",GET,/v1/account/..;/internal,404",
        ",DELETE,/v1/market,405"
    })
    void letsAnyPageRead(@Nullable String who, String method, String path, int status) {
        var body = method.equals("POST")
                ? BodyPublishers.ofString(call("1", "getBalance", "[\"a\"]"))
                : BodyPublishers.noBody();

        var response = send(request(who == null ? null : key(who), path)
                .header("Origin", PAGE)
                .method(method, body));

        assertThat(response.statusCode()).isEqualTo(status);
        var headers = response.headers();
        assertThat(headers.allValues("Access-Control-Allow-Origin")).containsExactly("*");
        assertThat(headers.allValues("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(headers.allValues("Access-Control-Expose-Headers"))
                .singleElement()
                .asString()
                .contains("X-StreamSync-Race", "X-StreamSync-Price", "X-StreamSync-Batch", "Retry-After");
    }

    @Test
    void saysNothingOfOriginsToWhoHasNone() {
        assertThat(get("/v1/account").headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @Test
    void showsTheDocumentationToABrowser() {
        var response = get("/");

        assertThat(response.statusCode()).isEqualTo(307);
        assertThat(response.headers().firstValue("Location")).hasValue("/docs");
    }

    private static void assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        var problem = JSON.readTree(response.body());
        assertThat(problem.path("code").asString()).isEqualTo(code);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("type").asString()).startsWith("/docs/problems#");
        assertThat(problem.path("title").asString()).isNotEmpty();
        assertThat(problem.path("detail").asString()).isNotEmpty();
        assertThat(problem.path("instance").asString()).startsWith("/");
        assertThat(problem.path("requestId").asString()).isNotEmpty();
    }
}
