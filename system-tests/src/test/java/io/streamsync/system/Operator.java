package io.streamsync.system;

import static io.streamsync.system.OperatorWallet.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.system.Api.Reply;

/// An operator of its own, registered as anybody registers one.
record Operator(OperatorWallet wallet, Api session, String id) {

    static Operator register(Market market, String name) {
        return register(market.api(), name);
    }

    static Operator register(Api market, String name) {
        var wallet = OperatorWallet.generate();
        return register(market, name, wallet, wallet.address());
    }

    static Operator register(Api market, String name, OperatorWallet wallet, String payoutAddress) {
        var session = wallet.signIn(market);
        var registered = session.post(
                "/v1/operators",
                body().put("name", name).put("payoutAddress", payoutAddress).toString());
        assertThat(registered.status()).as(registered.body()).isEqualTo(201);
        return new Operator(wallet, session, registered.text("/operatorId"));
    }

    String home() {
        return "/v1/operators/" + id;
    }

    Reply get(String path) {
        return session.get(home() + path);
    }

    Reply post(String path, String body, String... headers) {
        return session.post(home() + path, body, headers);
    }

    Reply stake(String amount) {
        return post(
                "/stake/deposits",
                body().put("amount", amount).put("rail", "sandbox").toString());
    }

    Reply list(String endpoint) {
        return post("/nodes", body().put("endpoint", endpoint).toString());
    }
}
