package io.streamsync.system;

import static io.streamsync.system.OperatorWallet.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.system.Api.Reply;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is refused outside of queries: each code of the public interfaces, brought about from outside.
class ProblemTests {

    private static final String NOWHERE = "http://127.0.0.1:" + (Market.PORT_BASE + 197);

    /// An address of order one: whoever knows no key can sign for it.
    private static final String LOW_ORDER = "4uQeVj5tqViQh7yWWGStvkEG1Zmhx6uasJtWCJziofM";

    private final Market market = Market.running();

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "", textBlock = """
                    GET    | /v1/account
                    GET    | /v1/account/keys
                    DELETE | /v1/account/keys/key_1
                    POST   | /v1/account/deposits
                    GET    | /v1/account/usage
                    GET    | /v1/account/refunds
                    GET    | /v1/account/subscriptions
                    GET    | /v1/account/entries
                    """)
    void takesAKnownKey(String method, String path) {
        var account = market.openAccount("0");

        expect(market.api().send(method, path, "{}"), 401, "INVALID_KEY");
        expect(market.api().as("ss_manage_of_nobody").send(method, path, "{}"), 401, "INVALID_KEY");
        expect(market.api().send(method, path + "?api-key=" + account.managementKey(), "{}"), 401, "INVALID_KEY");
        if (!path.matches("/v1/account(/usage|/refunds|/subscriptions)?")) {
            expect(account.queries().send(method, path, "{}"), 403, "SCOPE_MISSING");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    POST   |
                    PATCH  | /{id}
                    GET    | /{id}/stake
                    POST   | /{id}/stake/deposits
                    GET    | /{id}/nodes
                    POST   | /{id}/nodes
                    """)
    void takesASessionOfTheOwner(String method, String path) {
        var operator = Operator.register(market, "Owner");
        var stranger = OperatorWallet.generate().signIn(market.api());
        var url = "/v1/operators" + (path == null ? "" : path.replace("{id}", operator.id()));

        expect(market.api().send(method, url, "{}"), 401, "INVALID_SESSION");
        expect(market.api().as("nobody").send(method, url, "{}"), 401, "INVALID_SESSION");
        if (path != null) {
            expect(stranger.send(method, url, "{}"), 403, "NOT_YOURS");
        }
    }

    @Test
    void takesTheWalletsOwnSignatureOnce() {
        var wallet = OperatorWallet.generate();
        var challenge = market.api()
                .post(
                        "/v1/auth/challenges",
                        body().put("wallet", wallet.address()).toString())
                .text("/message");

        expect(signIn(wallet.address(), challenge, OperatorWallet.generate().sign(challenge)), 401, "BAD_SIGNATURE");
        expect(signIn(wallet.address(), challenge + " ", wallet.sign(challenge + " ")), 401, "BAD_SIGNATURE");
        expect(signIn(wallet.address(), challenge, "1111"), 401, "BAD_SIGNATURE");
        assertThat(signIn(wallet.address(), challenge, wallet.sign(challenge)).status())
                .isBetween(200, 201);
        expect(signIn(wallet.address(), challenge, wallet.sign(challenge)), 401, "NONCE_USED");
    }

    @ParameterizedTest
    @ValueSource(strings = {LOW_ORDER, "11111111111111111111111111111111", "0OIl", "1", "null"})
    void refusesAWalletThatProvesNothing(String wallet) {
        expect(
                market.api()
                        .post(
                                "/v1/auth/challenges",
                                body().put("wallet", wallet).toString()),
                422,
                "WALLET_NOT_ALLOWED");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/races/",
        "GET, /v1/operators/",
        "GET, /v1/nothing/",
        "GET, /v1/epochs/",
        "GET, /v1/snapshots/",
        "GET, /v1/nodes/none/reputation/"
    })
    void knowsNothingAtAnIdThatNobodyGave(String method, String path) {
        expect(market.api().send(method, path + "00000000000000000000000000000000", ""), 404, "NOT_FOUND");
    }

    @Test
    void keepsOthersThingsFromAnAccount() {
        var owner = market.openAccount("0");
        var stranger = market.openAccount("0");
        var deposit = "/v1/account/deposits/" + owner.deposit("1").text("/depositId");
        var key = "/v1/account/keys/"
                + owner.management()
                        .items("/v1/account/keys")
                        .getFirst()
                        .path("keyId")
                        .asString();

        expect(stranger.management().get(deposit), 404, "NOT_FOUND");
        expect(stranger.management().send("DELETE", key, ""), 404, "NOT_FOUND");
        assertThat(owner.management().get(deposit).status()).isEqualTo(200);
    }

    @Test
    void takesOneOperatorPerWalletAndAStakeBeforeNodes() {
        var operator = Operator.register(market, "Only One");

        expect(
                operator.session()
                        .post(
                                "/v1/operators",
                                body().put("name", "Another")
                                        .put("payoutAddress", operator.wallet().address())
                                        .toString()),
                409,
                "ALREADY_REGISTERED");
        expect(operator.list(NOWHERE), 409, "STAKE_REQUIRED");
        var belowMinimum = operator.stake("9999.999999999");
        expect(belowMinimum, 422, "STAKE_BELOW_MINIMUM");
        assertThat(belowMinimum.text("/minimum")).isEqualTo("10000");
        assertThat(belowMinimum.text("/missing")).isEqualTo("0.000000001");
        assertThat(operator.get("/stake").text("/bonded")).isEqualTo("0");
    }

    @Test
    void changesNothingThatItsStateForbids() {
        var account = market.openAccount("0");
        var manage = account.management().items("/v1/account/keys").stream()
                .filter(key -> "manage".equals(key.path("scope").asString()))
                .findFirst()
                .orElseThrow();
        var operator = Operator.register(market, "Retiring");
        operator.stake("10000");
        var node = operator.home() + "/nodes/" + operator.list(NOWHERE).text("/nodeId");

        expect(
                account.management()
                        .send(
                                "DELETE",
                                "/v1/account/keys/" + manage.path("keyId").asString(),
                                ""),
                409,
                "STATE_CONFLICT");
        assertThat(operator.session().send("DELETE", node, "").status()).isEqualTo(204);
        expect(operator.session().send("PATCH", node, "{\"region\":\"eu\"}"), 409, "STATE_CONFLICT");
    }

    @Test
    void carriesOutTwoChangesAtOnceWholeOrNotAtAll() throws Exception {
        var operator = Operator.register(market, "Hasty");
        operator.stake("10000");
        var node = operator.home() + "/nodes/" + operator.list(NOWHERE).text("/nodeId");

        var answers = atOnce(IntStream.range(0, 8).mapToObj(n -> (Callable<Reply>) () -> operator.session()
                .send("PATCH", node, "{\"region\":\"r%d\",\"endpoint\":\"%s/r%d\"}".formatted(n, NOWHERE, n))));

        assertThat(answers).allSatisfy(answer -> {
            if (answer.status() != 200) {
                expect(answer, 409, "VERSION_CONFLICT");
            }
        });
        var after = operator.session().get(node).json();
        assertThat(after.path("region").asString()).startsWith("r");
        assertThat(answers.stream()
                        .filter(answer -> answer.status() == 200)
                        .map(answer -> answer.json().path("region")))
                .contains(after.path("region"));
        assertThat(after.path("endpoint").asString())
                .isEqualTo(NOWHERE + "/" + after.path("region").asString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1e3", "1.0000000001", "NaN", "0x10", " 1", "9223372036.854775808", "1,5", "+1"})
    void refusesAmountsThatAreNone(String amount) {
        var account = market.openAccount("0");
        var operator = Operator.register(market, "Amounts");

        expect(account.deposit(amount), 422, "AMOUNT_INVALID");
        expect(operator.stake(amount), 422, "AMOUNT_INVALID");
        expect(account.deposit("9".repeat(400)), 422, "AMOUNT_INVALID");
        assertThat(account.state().path("balance").asString()).isEqualTo("0");
        assertThat(operator.get("/stake").text("/bonded")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.1",
                "http://167772161",
                "http://0xA000001",
                "http://0x0a.0.0.1",
                "http://012.0.0.1",
                "http://10.1",
                "http://[::ffff:10.0.0.1]",
                "http://[::ffff:a00:1]",
                "http://[64:ff9b::a00:1]",
                "http://[2002:a00:1::]",
                "http://[fd00::1]",
                "http://[fe80::1%25eth0]",
                "http://192.168.0.1",
                "http://172.16.0.1",
                "http://169.254.169.254/latest",
                "http://2852039166",
                "http://100.64.0.1",
                "http://0.0.0.0",
                "http://[::]",
                "http://224.0.0.1",
                "http://user:password@127.0.0.1:9",
                "ftp://127.0.0.1",
                "file:///etc/passwd",
                "http://",
                "127.0.0.1:9",
                "http://127.0.0.1:0",
                "http://127.0.0.1:99999"
            })
    void refusesEndpointsThatAreNoNodesInAnyNotation(String endpoint) {
        var operator = StakedOperator.OPERATOR;

        expect(operator.list(endpoint), 422, "ENDPOINT_NOT_ALLOWED");
    }

    @Test
    void refusesEndpointsOfTheInstallationItself() {
        var operator = StakedOperator.OPERATOR;
        var own = List.of(Market.PORT, Market.PORT_BASE, Market.PORT_BASE + 1, Market.PORT_BASE + 10);

        assertThat(own).allSatisfy(port -> {
            expect(operator.list("http://127.0.0.1:" + port), 422, "ENDPOINT_NOT_ALLOWED");
            expect(operator.list("http://[::1]:" + port), 422, "ENDPOINT_NOT_ALLOWED");
            expect(operator.list("http://2130706433:" + port), 422, "ENDPOINT_NOT_ALLOWED");
        });
        assertThat(operator.session().items(operator.home() + "/nodes")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "tab\tname", "right\u202eleft", "   "})
    void refusesNamesThatDeceive(String name) {
        var wallet = OperatorWallet.generate();
        var session = wallet.signIn(market.api());

        expect(
                session.post(
                        "/v1/operators",
                        body().put("name", name)
                                .put("payoutAddress", wallet.address())
                                .toString()),
                422,
                "NAME_NOT_ALLOWED");
    }

    @Test
    void carriesOutAnIdempotencyKeyOnce() throws Exception {
        var account = market.openAccount("0");
        var deposit = "{\"asset\":\"USDC\",\"amount\":\"1.5\",\"rail\":\"sandbox\"}";

        var answers = atOnce(Stream.generate(() -> (Callable<Reply>)
                        () -> account.management().post("/v1/account/deposits", deposit, "Idempotency-Key", "k-1"))
                .limit(8));

        assertThat(answers).allSatisfy(answer -> {
            if (answer.status() != 201) {
                expect(answer, 409, "REQUEST_IN_PROGRESS");
            }
        });
        assertThat(answers.stream()
                        .filter(answer -> answer.status() == 201)
                        .map(answer -> answer.text("/depositId"))
                        .distinct())
                .hasSize(1);
        assertThat(account.state().path("balance").asString()).isEqualTo("1.5");
        expect(
                account.management()
                        .post("/v1/account/deposits", deposit.replace("1.5", "2"), "Idempotency-Key", "k-1"),
                422,
                "IDEMPOTENCY_KEY_REUSED");
        expect(
                account.management().post("/v1/account/deposits", deposit, "Idempotency-Key", "x".repeat(129)),
                400,
                "INVALID_REQUEST");
        assertThat(account.state().path("balance").asString()).isEqualTo("1.5");
    }

    @Test
    void stakesOnceForAnIdempotencyKey() {
        var operator = Operator.register(market, "Once");
        var deposit = body().put("amount", "10000").put("rail", "sandbox").toString();

        var first = operator.post("/stake/deposits", deposit, "Idempotency-Key", "s-1");
        var again = operator.post("/stake/deposits", deposit, "Idempotency-Key", "s-1");

        assertThat(again.body()).isEqualTo(first.body());
        expect(
                operator.post("/stake/deposits", deposit.replace("10000", "20000"), "Idempotency-Key", "s-1"),
                422,
                "IDEMPOTENCY_KEY_REUSED");
        assertThat(operator.get("/stake").text("/bonded")).isEqualTo("10000");
    }

    private static List<Reply> atOnce(Stream<? extends Callable<Reply>> requests) throws InterruptedException {
        try (var clients = Executors.newCachedThreadPool()) {
            return clients.invokeAll(requests.toList()).stream()
                    .map(Future::resultNow)
                    .toList();
        }
    }

    private Reply signIn(String wallet, String message, String signature) {
        return market.api()
                .post(
                        "/v1/auth/sessions",
                        body().put("wallet", wallet)
                                .put("message", message)
                                .put("signature", signature)
                                .toString());
    }

    static void expect(Reply refused, int status, String code) {
        assertThat(refused.status()).as(refused.body()).isEqualTo(status);
        assertThat(refused.response().headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(refused.text("/code")).isEqualTo(code);
        assertThat(refused.json().path("status").asInt()).isEqualTo(status);
        assertThat(refused.text("/type")).isNotEmpty();
        assertThat(refused.text("/title")).isNotEmpty();
        assertThat(refused.text("/detail")).isNotEmpty();
        assertThat(refused.text("/requestId")).isNotEmpty();
        assertThat(refused.text("/instance")).startsWith("/v1/");
    }

    private static final class StakedOperator {
        static final Operator OPERATOR = staked();

        private static Operator staked() {
            var operator = Operator.register(Market.running(), "Explorer");
            assertThat(operator.stake("10000").status()).isEqualTo(201);
            return operator;
        }
    }
}
