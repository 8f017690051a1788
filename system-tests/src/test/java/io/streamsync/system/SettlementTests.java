package io.streamsync.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.system.Api.Reply;
import io.streamsync.system.Market.Account;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What anybody can prove of the market's books, with nothing but its public pages.
class SettlementTests {

    private static final String ADDRESS = "[\"11111111111111111111111111111111\"]";

    /// An epoch of 20 s here, a minute more when a router died meanwhile, and 70 s until secrets are told.
    private static final Duration SEALED = Duration.ofMinutes(4);

    /// What `verify` ends with when what is published fits, and not all is published.
    private static final int NOT_YET = 2;

    /// What stands before the 32 bytes of an Ed25519 key in a SubjectPublicKeyInfo (RFC 8410).
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final Market market = Market.running();

    @Test
    void provesARaceToWhoKnowsNothingButItsId() throws Exception {
        var race = askedRace(market.openAccount("0.01"));
        var settled = await().atMost(SEALED)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> race(race), found -> found.path("settlement").isObject());

        var epoch = settled.at("/settlement/epoch").asLong();
        var proof = market.api().get("/v1/settlements/" + epoch + "/proofs/" + race);
        assertThat(proof.status()).as(proof.body()).isEqualTo(200);
        var inclusion = Inclusion.of(proof.json());

        assertThat(inclusion.holds()).isTrue();
        assertThat(inclusion.index()).isEqualTo(settled.at("/settlement/leaf").asLong());
        assertThat(HexFormat.of().formatHex(inclusion.leafHash())).isEqualTo(proof.text("/leafHash"));
        for (var bit = 0; bit < 8 * inclusion.leaf().length; bit++) {
            assertThat(inclusion.withTurnedBit(bit).holds()).isFalse();
        }
        assertThat(inclusion.at(inclusion.index() + 1).holds()).isFalse();
        assertThat(market.api().get("/v1/settlements/" + epoch).text("/root")).isEqualTo(proof.text("/root"));
    }

    @Test
    void chainsAndSignsItsHeaders() throws Exception {
        var settlements = await().atMost(SEALED)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> market.api().items("/v1/settlements"), found -> found.size() > 1);

        for (var settlement : settlements) {
            assertThat(isSigned(settlement)).isTrue();
        }
        var later = settlements.getFirst();
        var earlier = settlements.get(1);
        assertThat(later.path("epoch").asLong())
                .isGreaterThan(earlier.path("epoch").asLong());
        assertThat(later.path("previous").asString()).isEqualTo(hash(earlier));
    }

    @Test
    void provesNothingThatIsNotSealedOrNotKnown() {
        var account = market.openAccount("0.01");
        // a race at the end of its epoch is sealed before anybody can ask
        var refused = await().atMost(SEALED).until(() -> proof(account), answer -> answer.status() != 200);

        ProblemTests.expect(refused, 409, "NOT_SEALED");
        var now = market.api().items("/v1/epochs").getFirst().path("epoch").asLong();
        ProblemTests.expect(market.api().get("/v1/settlements/" + now + "/proofs/" + "0".repeat(32)), 404, "NOT_FOUND");
        ProblemTests.expect(market.api().get("/v1/settlements/1/proofs/" + askedRace(account)), 404, "NOT_FOUND");
    }

    @Test
    void saysTheSameOfASealedTimeForEver() {
        var account = market.openAccount("0.01");
        var race = chargedRace(account);
        await().atMost(SEALED)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> race(race).path("settlement").isObject());
        var to = Instant.now().truncatedTo(ChronoUnit.MILLIS); // the charge may be of this second
        var path = "/v1/account/entries?from=" + to.minus(1, ChronoUnit.HOURS) + "&to=" + to;

        var first = account.management().get(path, "Accept", "text/csv").body();
        askedRace(account);

        assertThat(first.lines()).as(race(race).toString()).hasSizeGreaterThan(2);
        assertThat(account.management().get(path, "Accept", "text/csv").body()).isEqualTo(first);
    }

    @Test
    void isVerifiedFromOutside() throws Exception {
        var sealed = await().atMost(SEALED)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> market.api().items("/v1/settlements"), found -> !found.isEmpty())
                .getFirst()
                .path("epoch")
                .asString();
        Path output = Market.HOME.resolveSibling("verify.log");

        // a window is sealed before the secrets of its epoch are told: until then it says that not all can be checked
        var verified = await().atMost(SEALED)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> Market.script(output, "verify", "--epoch", sealed).waitFor(), exit -> exit != NOT_YET);

        assertThat(verified).as(Market.read(output)).isZero();
    }

    @Test
    void fitsItsOwnBooks() throws Exception {
        Path output = Market.HOME.resolveSibling("reconcile.log");

        var fits = Market.script(output, "reconcile").waitFor();

        assertThat(fits).as(Market.read(output)).isZero();
    }

    /// Of a race that was asked just now.
    private Reply proof(Account account) {
        var id = askedRace(account);
        var race = await().atMost(SEALED).until(() -> race(id), found -> found.has("epoch"));
        return market.api().get("/v1/settlements/" + race.path("epoch").asLong() + "/proofs/" + id);
    }

    /// A slow machine misses what the winner promises, and then nothing is charged.
    private static String chargedRace(Account account) {
        return await().atMost(Market.PATIENCE)
                .until(
                        () -> account.queries().query("getBalance", ADDRESS),
                        answer -> !"0".equals(answer.header("Price")))
                .header("Race");
    }

    private static String askedRace(Account account) {
        Reply answer = account.queries().query("getBalance", ADDRESS);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.header("Race");
    }

    private JsonNode race(String id) {
        return market.api().get("/v1/races/" + id).json();
    }

    private static boolean isSigned(JsonNode settlement) throws GeneralSecurityException {
        var key = bytes(settlement, "publicKey");
        var encoded = key.length == 32 ? concat(ED25519_PREFIX, key) : key;
        var signature = Signature.getInstance("Ed25519");
        signature.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        signature.update(bytes(settlement, "header"));
        return signature.verify(bytes(settlement, "signature"));
    }

    private static String hash(JsonNode settlement) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(settlement, "header")));
    }

    private static byte[] bytes(JsonNode settlement, String field) {
        return Base64.getDecoder().decode(settlement.path(field).asString());
    }

    private static byte[] concat(byte[] first, byte[] second) {
        var both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
