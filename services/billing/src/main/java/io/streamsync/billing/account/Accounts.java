package io.streamsync.billing.account;

import io.streamsync.events.Topics;
import io.streamsync.outbox.Outbox;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Opens accounts, issues, changes and revokes their keys; every change of a key is told in its own transaction.
@Component
public class Accounts {

    /// Every change of the account is told once per key.
    private static final int MOST_KEYS = 100;

    private final JdbcClient jdbc;
    private final AccountKeys keys;
    private final Outbox outbox;
    private final InstantSource clock;

    Accounts(JdbcClient jdbc, AccountKeys keys, Outbox outbox, InstantSource clock) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.outbox = outbox;
        this.clock = clock;
    }

    /// Which of these customers exist.
    public Set<CustomerId> existing(Collection<CustomerId> customers) {
        var ids = customers.stream().map(CustomerId::value).toArray(String[]::new);
        return jdbc.sql("select id from account where id = any (?)")
                .param(ids)
                .query((row, number) -> new CustomerId(row.getString("id")))
                .set();
    }

    /// What those of these keys that are not revoked may spend in a day.
    public List<KeyCap> dailyCaps(Collection<String> keyIds) {
        return keyIds.isEmpty() ? List.of() : keys.caps(keyIds);
    }

    /// Queries per second that the customer allows itself over all keys; null when it set none.
    public @Nullable Integer rateCap(CustomerId customer) {
        return jdbc.sql("select rate_cap from account where id = ?")
                .param(customer.value())
                .query((row, number) -> Optional.ofNullable(row.getObject(1, Integer.class)))
                .single()
                .orElse(null);
    }

    /// Changes the cap over all keys; null for none. The routers are told of it with each key.
    @Transactional
    public void limit(CustomerId customer, @Nullable Integer rateCap) {
        lock(customer);
        jdbc.sql("update account set rate_cap = ? where id = ?")
                .param(rateCap)
                .param(customer.value())
                .update();
        keys.valid(customer, "", MOST_KEYS).forEach(this::tell);
    }

    /// Tells the routers of the customer's asking keys once more: there is new credit behind them, which routers may
    /// have ready before the next query.
    @Transactional
    public void tellOfCredit(CustomerId customer) {
        lock(customer);
        keys.valid(customer, "", MOST_KEYS).stream()
                .filter(key -> key.terms().scope() == Scope.QUERY)
                .forEach(this::tell);
    }

    @Transactional
    Opened open() {
        var customer = new CustomerId(RandomIds.id("acc_"));
        jdbc.sql("insert into account (id) values (?)").param(customer.value()).update();
        return new Opened(
                customer,
                issue(customer, KeyTerms.unlimited("first", Scope.QUERY)),
                issue(customer, KeyTerms.unlimited("management", Scope.MANAGE)));
    }

    @Transactional
    Issued issue(CustomerId customer, KeyTerms terms) {
        lock(customer);
        if (keys.valid(customer, "", MOST_KEYS).size() == MOST_KEYS) {
            throw new Refusal(
                    ProblemCode.STATE_CONFLICT,
                    "An account has at most " + MOST_KEYS + " keys. Revoke one that is not needed any more.");
        }
        var secret = RandomIds.key(terms.scope());
        var key = new AccountKey(RandomIds.id("key_"), customer, AccountKey.hashOf(secret), terms, now(), null);
        keys.add(key);
        tell(key);
        return new Issued(key, secret);
    }

    List<AccountKey> keys(CustomerId customer, String afterId, int limit) {
        return keys.valid(customer, afterId, limit);
    }

    /// A key that is not revoked.
    AccountKey key(CustomerId customer, String keyId) {
        return found(customer, keyId, key -> !key.revoked());
    }

    @Transactional
    AccountKey change(CustomerId customer, String keyId, UnaryOperator<KeyTerms> wish) {
        lock(customer);
        var key = key(customer, keyId);
        var changed = key.change(wish.apply(key.terms()));
        keys.save(changed);
        tell(changed);
        return changed;
    }

    @Transactional
    void revoke(CustomerId customer, String keyId) {
        lock(customer);
        var key = found(customer, keyId, _ -> true);
        if (key.revoked()) {
            return;
        }
        if (lastToManage(key, keys.valid(customer, "", MOST_KEYS))) {
            throw new Refusal(
                    ProblemCode.STATE_CONFLICT,
                    "This is the account's last management key: without it nobody could reach the money. Issue"
                            + " another with scope \"manage\" first.");
        }
        var revoked = key.revoke(now());
        keys.save(revoked);
        tell(revoked);
    }

    private AccountKey found(CustomerId customer, String keyId, Predicate<AccountKey> which) {
        return keys.find(customer, keyId)
                .filter(which)
                .orElseThrow(() -> new Refusal(ProblemCode.NOT_FOUND, "No such key on this account."));
    }

    /// One change of an account follows the other, so that routers hear of them in the order in which they are
    /// made; and two requests cannot both revoke the last management key but one.
    private void lock(CustomerId customer) {
        jdbc.sql("select id from account where id = ? for no key update")
                .param(customer.value())
                .query(String.class)
                .single();
    }

    private static boolean lastToManage(AccountKey key, List<AccountKey> valid) {
        return key.terms().scope() == Scope.MANAGE
                && valid.stream()
                        .noneMatch(other -> !other.equals(key) && other.terms().scope() == Scope.MANAGE);
    }

    private void tell(AccountKey key) {
        outbox.add(Topics.CREDENTIALS, key.hash(), key.told(now(), rateCap(key.customer())));
    }

    /// As the database keeps it, so that what is told and what is read back are the same.
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /// A new account; the only moment at which its keys can be read.
    record Opened(CustomerId customer, Issued query, Issued manage) {}

    /// A new key, and the text that is shown once.
    record Issued(AccountKey key, String secret) {}
}
