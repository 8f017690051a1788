package io.streamsync.router.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.events.Topics;
import io.streamsync.events.billing.CredentialChanged;
import io.streamsync.router.access.Credential.Scope;
import io.streamsync.router.feed.CompactedFeeds;
import io.streamsync.router.feed.Feeds;
import io.streamsync.router.log.RouterLog;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
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
    private final Keys keys = new Keys(feeds, JSON, new RouterLog());

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
                        OptionalInt.empty()));
        assertThat(keys.find(key + "x")).isNull();
        assertThat(keys.find("")).isNull();
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
