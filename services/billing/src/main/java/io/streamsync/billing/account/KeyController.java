package io.streamsync.billing.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.streamsync.billing.paging.Page;
import io.streamsync.protocol.money.Amount;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// The keys of an account.
@RestController
@RequestMapping("/v1/account/keys")
class KeyController {

    private final Accounts accounts;

    KeyController(Accounts accounts) {
        this.accounts = accounts;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    KeyView issue(Caller caller, @RequestBody KeyRequest request) {
        var issued = accounts.issue(caller.customer(), request.terms());
        return KeyView.of(issued.key(), issued.secret());
    }

    @GetMapping
    Page<KeyView> list(
            Caller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var size = Page.size(limit);
        return Page.of(
                accounts.keys(caller.customer(), Page.text(cursor), size + 1),
                size,
                AccountKey::id,
                key -> KeyView.of(key, null));
    }

    @DeleteMapping("/{keyId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(Caller caller, @PathVariable String keyId) {
        accounts.revoke(caller.customer(), keyId);
    }

    /// @param apiKey shown once, where the key is issued
    record KeyView(
            String keyId,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String apiKey,

            String name,
            String scope,
            @Nullable String maxPrice,
            @Nullable String dailyCap,
            @Nullable Integer rateCap,
            Instant createdAt) {

        static KeyView of(AccountKey key, @Nullable String secret) {
            var terms = key.terms();
            return new KeyView(
                    key.id(),
                    secret,
                    terms.name(),
                    terms.scope().wireName(),
                    decimal(terms.maxPrice()),
                    decimal(terms.dailyCap()),
                    terms.rateCap(),
                    key.createdAt());
        }

        private static @Nullable String decimal(@Nullable Long nano) {
            return nano == null ? null : Amount.decimal(nano);
        }
    }
}
