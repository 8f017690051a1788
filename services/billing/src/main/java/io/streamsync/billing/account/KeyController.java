package io.streamsync.billing.account;

import io.streamsync.billing.paging.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

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
    KeyView issue(Caller caller, @RequestBody ObjectNode wish) {
        var issued = accounts.issue(caller.customer(), KeyRequest.issued(wish));
        return KeyView.of(issued.key(), issued.secret());
    }

    @GetMapping
    Page<KeyView> list(
            Caller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var size = Page.size(limit);
        return Page.of(
                accounts.keys(caller.customer(), Page.text(cursor), size + 1), size, AccountKey::id, KeyView::of);
    }

    @GetMapping("/{keyId}")
    KeyView show(Caller caller, @PathVariable String keyId) {
        return KeyView.of(accounts.key(caller.customer(), keyId));
    }

    @PatchMapping("/{keyId}")
    KeyView change(Caller caller, @PathVariable String keyId, @RequestBody ObjectNode wish) {
        return KeyView.of(accounts.change(caller.customer(), keyId, terms -> KeyRequest.changed(wish, terms)));
    }

    @DeleteMapping("/{keyId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(Caller caller, @PathVariable String keyId) {
        accounts.revoke(caller.customer(), keyId);
    }
}
