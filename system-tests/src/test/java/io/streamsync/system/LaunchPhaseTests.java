package io.streamsync.system;

import static io.streamsync.system.OperatorWallet.body;
import static io.streamsync.system.ProblemTests.expect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.system.Api.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A market of its own in its launch phase, where founding operators are invited, beside the one of the other stories.
class LaunchPhaseTests {

    private static final int PORT = Market.PORT + 10;
    private static final Path HOME = Market.HOME.resolveSibling("launch-phase");
    private static final OperatorWallet INVITED = OperatorWallet.generate();
    private static final String INVITATION = "founders-only";

    /// As long as a slow machine may need to sign in.
    private static final Duration CHALLENGE_LIFE = Duration.ofSeconds(8);

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "STREAMSYNC_HOME",
            HOME.toString(),
            "STREAMSYNC_PORT",
            Integer.toString(PORT),
            "JDK_JAVA_OPTIONS",
            Market.JAVA_OPTIONS,
            "STREAMSYNC_PHASE",
            "launch",
            "STREAMSYNC_OPERATOR_INVITEDWALLETS",
            INVITED.address(),
            "STREAMSYNC_OPERATOR_INVITATIONS",
            INVITATION,
            "STREAMSYNC_IDENTITY_CHALLENGELIFE",
            CHALLENGE_LIFE.toSeconds() + "s");

    private final Api api = Api.ofMarket(PORT);

    @BeforeAll
    static void start() throws InterruptedException {
        Market.forget(HOME);
        var log = HOME.resolveSibling("launch-phase.log");
        var up = Market.script(log, ENVIRONMENT, "up", "--port-base", Integer.toString(Market.PORT_BASE + 200));
        assertThat(up.waitFor()).as(Market.read(log)).isZero();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        assertThat(Market.script(HOME.resolveSibling("launch-phase.log"), ENVIRONMENT, "down")
                        .waitFor())
                .isZero();
    }

    @Test
    void tellsItsPhase() {
        assertThat(api.get("/v1/network").text("/phase")).isEqualTo("launch");
    }

    @Test
    void takesWhoeverIsInvitedAndNobodyElse() {
        expect(register(OperatorWallet.generate(), ""), 403, "INVITATION_REQUIRED");
        expect(register(OperatorWallet.generate(), "guessed"), 403, "INVITATION_REQUIRED");
        assertThat(register(INVITED, "").status()).isEqualTo(201);
        assertThat(register(OperatorWallet.generate(), INVITATION).status()).isEqualTo(201);
        assertThat(register(OperatorWallet.generate(), INVITATION).status())
                .as("an invitation serves once")
                .isIn(403, 409);
    }

    @Test
    void knowsAChallengeForItsTimeOnly() {
        var wallet = OperatorWallet.generate();
        var message = api.post(
                        "/v1/auth/challenges",
                        body().put("wallet", wallet.address()).toString())
                .text("/message");
        var session = body().put("wallet", wallet.address())
                .put("message", message)
                .put("signature", wallet.sign(message))
                .toString();

        await().atMost(Market.PATIENCE)
                .pollDelay(CHALLENGE_LIFE)
                .untilAsserted(() -> expect(api.post("/v1/auth/sessions", session), 401, "NONCE_EXPIRED"));
    }

    @Test
    void opensAccountsToEverybody() {
        assertThat(api.post("/v1/accounts", "{}").status()).isEqualTo(201);
    }

    private Reply register(OperatorWallet wallet, String invitation) {
        return wallet.signIn(api)
                .post(
                        "/v1/operators",
                        body().put("name", "Founder")
                                .put("payoutAddress", wallet.address())
                                .put("invitation", invitation)
                                .toString());
    }
}
