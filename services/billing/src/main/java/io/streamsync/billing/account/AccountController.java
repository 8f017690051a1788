package io.streamsync.billing.account;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Opens an account for anyone: no approval, no personal data.
@RestController
class AccountController {

    private final Accounts accounts;

    AccountController(Accounts accounts) {
        this.accounts = accounts;
    }

    @PostMapping("/v1/accounts")
    @ResponseStatus(HttpStatus.CREATED)
    OpenedAccount open() {
        var opened = accounts.open();
        return new OpenedAccount(
                opened.customer().value(),
                opened.query().secret(),
                opened.manage().secret());
    }

    record OpenedAccount(String accountId, String apiKey, String managementKey) {}
}
