package io.streamsync.billing.account;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// Opens an account for anyone: no approval, no personal data.
@RestController
class AccountController {

    private final Accounts accounts;

    AccountController(Accounts accounts) {
        this.accounts = accounts;
    }

    /// @param nothing that an account needs: but what comes must be readable, or nobody knows what was meant
    @PostMapping("/v1/accounts")
    @ResponseStatus(HttpStatus.CREATED)
    OpenedAccount open(@RequestBody(required = false) @Nullable ObjectNode nothing) {
        var opened = accounts.open();
        return new OpenedAccount(
                opened.customer().value(),
                opened.query().secret(),
                opened.manage().secret());
    }

    record OpenedAccount(String accountId, String apiKey, String managementKey) {}
}
