package io.streamsync.router.access;

import io.streamsync.events.Topics;
import io.streamsync.events.billing.CredentialChanged;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.draw.WrittenTerms;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.router.access.Credential.Scope;
import io.streamsync.router.feed.CompactedFeed;
import io.streamsync.router.feed.CompactedFeeds;
import io.streamsync.router.log.RouterLog;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// All keys of the installation, in memory.
public final class Keys {

    private final Map<KeyHash, Credential> credentials = new ConcurrentHashMap<>();
    private final JsonMapper mapper;
    private final RouterLog log;
    private final Terms standard;
    private final CompactedFeed feed;
    private volatile BiConsumer<@Nullable Credential, @Nullable Credential> onChange = (_, _) -> {};

    /// @param racingPlaces of queries that name none
    Keys(CompactedFeeds feeds, JsonMapper mapper, RouterLog log, int racingPlaces) {
        this.mapper = mapper;
        this.log = log;
        standard = Terms.standard(racingPlaces);
        feed = feeds.open(Topics.CREDENTIALS, this::changed);
    }

    /// What a key may do; null when there is no such key. The work is the same for every key.
    public @Nullable Credential find(String presentedKey) {
        return credentials.get(KeyHash.of(presentedKey));
    }

    /// A key that spends from the holder's credit; null when there is none. Looks at all of them.
    public @Nullable Credential spending(String creditHolder) {
        return credentials.values().stream()
                .filter(credential -> credential.creditHolder().equals(creditHolder))
                .findAny()
                .orElse(null);
    }

    /// Whether all keys that existed at the start are known.
    public boolean ready() {
        return feed.ready();
    }

    /// @param listener told what a key could do before and what it can do now, of every change after the start; null
    ///     where it is no key
    public void onChange(BiConsumer<@Nullable Credential, @Nullable Credential> listener) {
        onChange = listener;
    }

    /// A change that cannot be read might have been a revocation: the key is good for nothing until it is told anew.
    private void changed(String keyHash, @Nullable String json) {
        var hash = KeyHash.parse(keyHash);
        try {
            var event = json == null ? null : mapper.readValue(json, CredentialChanged.class);
            if (event != null && !event.revoked()) {
                var after = credential(event);
                tell(credentials.put(hash, after), after);
                return;
            }
        } catch (JacksonException | IllegalArgumentException unusable) {
            log.credentialUnusable(unusable);
        }
        tell(credentials.remove(hash), null);
    }

    private void tell(@Nullable Credential before, @Nullable Credential after) {
        if (feed.ready()) {
            onChange.accept(before, after);
        }
    }

    private Credential credential(CredentialChanged event) {
        return new Credential(
                event.keyId(),
                event.accountId(),
                Scope.valueOf(event.scope().toUpperCase(Locale.ROOT)),
                nano(event.maxPrice()),
                nano(event.dailyCap()),
                count(event.rateCap()),
                count(event.accountRateCap()),
                terms(event),
                count(event.maxSubscriptions()),
                count(event.maxConnections()));
    }

    private @Nullable Terms terms(CredentialChanged event) {
        var racers = event.racers() == null ? null : WrittenTerms.racers(event.racers());
        var terms = new Terms(
                event.prefer() == null ? standard.prefer() : WrittenTerms.preference(event.prefer()),
                nano(event.maxPrice()),
                count(event.maxLatencyMs()),
                racers == null ? standard.racers() : racers.first(),
                racers == null ? standard.stagedRacers() : racers.staged(),
                event.verify() != null && WrittenTerms.quorum(event.verify()),
                operators(event.operators()),
                operators(event.excludeOperators()));
        return terms.equals(standard) ? null : terms;
    }

    private static List<OperatorId> operators(@Nullable List<String> ids) {
        return ids == null ? List.of() : WrittenTerms.operators(ids);
    }

    private static OptionalLong nano(@Nullable String digits) {
        return digits == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(digits));
    }

    private static OptionalInt count(@Nullable Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }
}
