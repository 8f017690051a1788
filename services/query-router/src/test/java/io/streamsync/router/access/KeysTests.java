package io.streamsync.router.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.events.Topics;
import io.streamsync.events.billing.CredentialChanged;
import io.streamsync.protocol.draw.Preference;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.draw.WrittenTerms;
import io.streamsync.router.access.Credential.Scope;
import io.streamsync.router.feed.CompactedFeeds;
import io.streamsync.router.feed.Feeds;
import io.streamsync.router.log.RouterLog;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class KeysTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String key = "ss_" + UUID.randomUUID();
    private final CompactedFeeds feeds = Feeds.feeds();
    private final Keys keys = new Keys(feeds, JSON, new RouterLog(), 3);

    @BeforeEach
    void create() {
        Feeds.create(Topics.CREDENTIALS);
    }

    @AfterEach
    void stop() {
        feeds.stop();
    }

    @Test
    void knowsEveryKeyThatExistedBeforeItWasReady() {
        send(event("query", false, "4000"));
        feeds.start();
        await().until(keys::ready);

        assertThat(keys.find(key))
                .isEqualTo(new Credential(
                        "key-1",
                        "account-1",
                        Scope.QUERY,
                        OptionalLong.of(4_000),
                        OptionalLong.empty(),
                        OptionalInt.of(5),
                        OptionalInt.empty(),
                        new Terms(
                                Preference.BALANCED,
                                OptionalLong.of(4_000),
                                OptionalInt.empty(),
                                3,
                                0,
                                false,
                                List.of(),
                                List.of()),
                        OptionalInt.empty(),
                        OptionalInt.empty()));
        assertThat(keys.find(key + "x")).isNull();
        assertThat(keys.find("")).isNull();
    }

    @Test
    void knowsAKeyThatSpendsFromAHoldersCredit() {
        send(event("query", false, null));
        feeds.start();
        await().until(() -> keys.find(key) != null);

        assertThat(keys.spending("account-1")).isNotNull();
        assertThat(keys.spending("key-1")).as("it has no cap").isNull();
    }

    @Test
    void keepsNoTermsOfAKeyThatHasNone() {
        send(event("query", false, null));
        feeds.start();
        await().until(() -> keys.find(key) != null);

        assertThat(keys.find(key)).extracting(Credential::terms).isNull();
    }

    @Test
    void knowsWhatAKeyAsksBy() {
        var own = event("query", false, null);
        send(new CredentialChanged(
                own.eventId(),
                own.occurredAt(),
                own.schemaVersion(),
                own.keyHash(),
                own.keyId(),
                own.accountId(),
                own.scope(),
                false,
                null,
                null,
                null,
                null,
                80,
                "cheapest",
                "1+4",
                "quorum",
                List.of("op_a", "op_b"),
                List.of("op_c"),
                7,
                0));
        feeds.start();
        await().until(() -> keys.find(key) != null);

        assertThat(keys.find(key)).isNotNull().satisfies(credential -> {
            assertThat(credential.terms())
                    .isEqualTo(new Terms(
                            Preference.CHEAPEST,
                            OptionalLong.empty(),
                            OptionalInt.of(80),
                            1,
                            4,
                            true,
                            WrittenTerms.operators("op_a,op_b"),
                            WrittenTerms.operators("op_c")));
            assertThat(credential.maxSubscriptions()).hasValue(7);
            assertThat(credential.maxConnections()).hasValue(0);
        });
    }

    @Test
    void refusesAKeyOnceItIsRevoked() {
        send(event("manage", false, null));
        feeds.start();
        await().until(() -> keys.find(key) != null);

        send(event("manage", true, null));

        await().until(() -> keys.find(key) == null);
    }

    @Test
    void trustsNoKeyWhoseChangeCannotBeRead() {
        send(event("query", false, null));
        feeds.start();
        await().until(() -> keys.find(key) != null);

        send(event("query", false, "9".repeat(40)));

        await().until(() -> keys.find(key) == null);
    }

    private void send(CredentialChanged event) {
        Feeds.send(Topics.CREDENTIALS, event.keyHash(), JSON.writeValueAsString(event));
    }

    private CredentialChanged event(String scope, boolean revoked, @Nullable String maxPrice) {
        return new CredentialChanged(
                UUID.randomUUID().toString(),
                Instant.EPOCH,
                1,
                hash(),
                "key-1",
                "account-1",
                scope,
                revoked,
                maxPrice,
                null,
                5,
                null);
    }

    private String hash() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
