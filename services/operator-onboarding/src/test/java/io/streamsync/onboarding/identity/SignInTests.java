package io.streamsync.onboarding.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.onboarding.AtOnce;
import io.streamsync.onboarding.OnboardingTest;
import io.streamsync.onboarding.Portal;
import io.streamsync.onboarding.Reply;
import io.streamsync.onboarding.TestClock;
import io.streamsync.onboarding.TestWallet;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@OnboardingTest
class SignInTests {

    private final TestWallet wallet = TestWallet.create();

    @Autowired
    Portal portal;

    @Autowired
    TestClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    SignIn signIn;

    @Test
    void asksTheWalletToSignATextThatNamesDomainNonceAndTimes() {
        var challenge = challenge();

        assertThat(challenge.text("message"))
                .matches("""
                market\\.example:8443 wants you to sign in with your Solana account:
                %s

                .+

                URI: https://market\\.example:8443
                Version: 1
                Chain ID: mainnet
                Nonce: %s
                Issued At: \\S+Z
                Expiration Time: %s""".formatted(wallet.address(), challenge.text("nonce"), challenge.text("expiresAt")));
        assertThat(Instant.parse(challenge.text("expiresAt")))
                .isBetween(clock.instant().plusSeconds(290), clock.instant().plusSeconds(300));
    }

    @Test
    void opensASessionForTheSignedChallenge() {
        var message = challenge().text("message");

        var session = session(message, Base58.encode(wallet.sign(message))).as(201);

        assertThat(Instant.parse(session.text("expiresAt"))).isAfter(clock.instant());
        portal.post("/v1/operators", session.text("token"), Map.of()).refused(400, "INVALID_REQUEST");
    }

    @Test
    void takesTheSignatureInBase64Too() {
        var message = challenge().text("message");

        session(message, Base64.getEncoder().encodeToString(wallet.sign(message)))
                .as(201);
    }

    @Test
    void keepsNoTokenThatCouldBeStolen() {
        var message = challenge().text("message");
        var token = session(message, Base58.encode(wallet.sign(message))).text("token");

        var hashes = jdbc.sql("select token_hash from identity_session where wallet = ?")
                .param(wallet.address())
                .query(String.class)
                .list();

        assertThat(Base64.getUrlDecoder().decode(token)).hasSize(32);
        assertThat(hashes).hasSize(1).doesNotContain(token);
    }

    @Test
    void usesANonceOnce() {
        var message = challenge().text("message");
        var signature = Base58.encode(wallet.sign(message));
        session(message, signature).as(201);

        session(message, signature).refused(401, "NONCE_USED");
    }

    @Test
    void opensOneSessionForTheSameChallengeSentManyTimesAtOnce() {
        var message = challenge().text("message");
        var signature = Base58.encode(wallet.sign(message));

        var statuses = AtOnce.times(12, () -> session(message, signature).status());

        assertThat(statuses)
                .containsOnlyOnce(201)
                .filteredOn(status -> status != 201)
                .containsOnly(401);
    }

    @Test
    void refusesAnExpiredNonce() {
        var message = challenge().text("message");
        clock.advance(Duration.ofMinutes(5));

        session(message, Base58.encode(wallet.sign(message))).refused(401, "NONCE_EXPIRED");
    }

    @Test
    void refusesAnothersSignatureAndLeavesTheNonceUnused() {
        var message = challenge().text("message");

        session(message, Base58.encode(TestWallet.create().sign(message))).refused(401, "BAD_SIGNATURE");
        session(message, Base58.encode(wallet.sign(message))).as(201);
    }

    @Test
    void refusesAMessageThatDiffersByAByte() {
        var message = challenge().text("message");
        for (var other : new String[] {
            message + " ",
            message.replace("market.example", "markét.example"),
            message.replace("\n", "\r\n"),
            message.replace("Version: 1", "Version: 2"),
            message + "\0",
            "no challenge at all"
        }) {
            session(other, Base58.encode(wallet.sign(other))).refused(401, "BAD_SIGNATURE");
        }
    }

    @Test
    void refusesAChallengeOfAnotherDomainAndOneOfItsOwnMaking() {
        var genuine = challenge();
        var message = genuine.text("message");
        var nonce = genuine.text("nonce");
        var another = challenge().text("nonce");
        for (var other : List.of(
                message.replace("market.example:8443", "phishing.example"),
                message.replaceFirst("https://market.example:8443", "https://phishing.example"),
                message.replace("Chain ID: mainnet", "Chain ID: devnet"),
                message.replace(nonce, another),
                message.replace(nonce, "0".repeat(nonce.length())),
                message.replaceAll("(Issued At: |Expiration Time: )2", "$19"))) {
            assertThat(other).isNotEqualTo(message);
            session(other, Base58.encode(wallet.sign(other))).refused(401, "BAD_SIGNATURE");
        }
    }

    @Test
    void refusesAChallengeOfAnotherInstallation() {
        var issuedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var known = new Wallet(wallet.address());
        var nonce = new ChallengeSeal("another installation's secret").nonce(known, issuedAt);
        var forged = Challenge.of(
                        nonce,
                        known,
                        URI.create("https://market.example:8443"),
                        "mainnet",
                        issuedAt,
                        Duration.ofMinutes(5))
                .message();
        assertThat(withoutTimes(forged)).hasSameSizeAs(withoutTimes(challenge().text("message")));

        session(forged, Base58.encode(wallet.sign(forged))).refused(401, "BAD_SIGNATURE");
    }

    /// Which are shorter at a full second.
    private static String withoutTimes(String message) {
        return message.replaceAll("(Issued At|Expiration Time): \\S+", "$1");
    }

    @Test
    void refusesANonceThatWasUsedAndIsOver() {
        var message = challenge().text("message");
        var signature = Base58.encode(wallet.sign(message));
        session(message, signature).as(201);
        clock.advance(Duration.ofDays(2));

        session(message, signature).refused(401, "NONCE_EXPIRED");
    }

    @Test
    void knowsAUsedNonceThoughAClockIsSetBack() {
        var message = challenge().text("message");
        var signature = Base58.encode(wallet.sign(message));
        session(message, signature).as(201);
        clock.advance(Duration.ofHours(1));
        signIn.forgetExpired();
        clock.advance(Duration.ofHours(-1));

        session(message, signature).refused(401, "NONCE_USED");
    }

    @Test
    void remembersNothingOfChallengesThatNobodySigned() {
        signIn.forgetExpired(); // which goes on beside this test
        var before = rows();

        for (int i = 0; i < 50; i++) {
            challenge();
        }

        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void locksNobodyOutByAskingForManyChallenges() {
        var message = challenge().text("message");

        assertThat(AtOnce.times(50, () -> challenge().status())).containsOnly(201);

        session(message, Base58.encode(wallet.sign(message))).as(201);
    }

    @Test
    void closesTheOldestOfTooManySessionsOfOneWallet() {
        var tokens = new ArrayList<String>();
        for (int i = 0; i < 21; i++) {
            clock.advance(Duration.ofMillis(10));
            var message = challenge().text("message");
            tokens.add(session(message, Base58.encode(wallet.sign(message))).text("token"));
        }
        var other = portal.applicant().signedIn();

        portal.post("/v1/operators", tokens.getFirst(), Map.of()).refused(401, "INVALID_SESSION");
        portal.post("/v1/operators", tokens.get(1), Map.of()).refused(400, "INVALID_REQUEST");
        portal.post("/v1/operators", tokens.getLast(), Map.of()).refused(400, "INVALID_REQUEST");
        portal.post("/v1/operators", other.token(), Map.of()).refused(400, "INVALID_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
            })
    void refusesKeysForWhichAnybodyCanSign(String point) {
        var address = Base58.encode(HexFormat.of().parseHex(point));

        portal.post("/v1/auth/challenges", null, Map.of("wallet", address)).refused(422, "WALLET_NOT_ALLOWED");
    }

    @Test
    void refusesTheChallengeOfAnotherWallet() {
        var message = challenge().text("message");
        var thief = TestWallet.create();

        portal.post(
                        "/v1/auth/sessions",
                        null,
                        Map.of(
                                "wallet",
                                thief.address(),
                                "message",
                                message,
                                "signature",
                                Base58.encode(thief.sign(message))))
                .refused(401, "BAD_SIGNATURE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "0000", "====", "AAAA==", "11111111111111111111111111111111"})
    void refusesWhatIsNoSignature(String signature) {
        session(challenge().text("message"), signature).refused(401, "BAD_SIGNATURE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"11111111111111111111111111111111", "abc", "0x52908400098527886E0F7030069857D2E4169EE7"})
    void refusesAWalletThatCannotSign(String address) {
        portal.post("/v1/auth/challenges", null, Map.of("wallet", address)).refused(422, "WALLET_NOT_ALLOWED");
        portal.post("/v1/auth/sessions", null, Map.of("wallet", address, "message", "m", "signature", "s"))
                .refused(422, "WALLET_NOT_ALLOWED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"wallet\":null}", "{\"wallet\":{}}", "[]", "", "null", "{\"wallet\":\"\"}", "{"})
    void refusesARequestWithoutAWallet(String body) {
        portal.post("/v1/auth/challenges", null, body).refused(400, "INVALID_REQUEST");
    }

    @Test
    void readsNoBodyThatFillsTheMemory() {
        var wallet = "\"wallet\":\"" + this.wallet.address() + "\"";

        portal.post("/v1/auth/challenges", null, "{\"padding\":\"" + "x".repeat(1_000) + "\"," + wallet + "}")
                .as(201);
        portal.post("/v1/auth/challenges", null, "{\"padding\":\"" + "x".repeat(300_000) + "\"," + wallet + "}")
                .refused(400, "INVALID_REQUEST");
    }

    @Test
    void endsASessionWithItsTime() {
        var message = challenge().text("message");
        var token = session(message, Base58.encode(wallet.sign(message))).text("token");
        clock.advance(Duration.ofHours(24));

        portal.post("/v1/operators", token, Map.of()).refused(401, "INVALID_SESSION");
    }

    @Test
    void refusesRequestsWithoutASession() {
        portal.post("/v1/operators", null, Map.of()).refused(401, "INVALID_SESSION");
        portal.post("/v1/operators", "unknown", Map.of()).refused(401, "INVALID_SESSION");
    }

    private long rows() {
        return jdbc.sql("select (select count(*) from identity_used_nonce) + (select count(*) from identity_session)")
                .query(Long.class)
                .single();
    }

    private Reply challenge() {
        return portal.post("/v1/auth/challenges", null, Map.of("wallet", wallet.address()))
                .as(201);
    }

    private Reply session(String message, String signature) {
        return portal.post(
                "/v1/auth/sessions",
                null,
                Map.of("wallet", wallet.address(), "message", message, "signature", signature));
    }
}
