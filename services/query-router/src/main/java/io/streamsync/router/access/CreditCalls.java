package io.streamsync.router.access;

import io.streamsync.router.publication.BillingEndpoint;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/// How billing and the other routers are spoken to about credit.
interface CreditCalls {

    CompletionStage<LeaseAnswer> ask(LeaseCall call);

    /// Nothing is known of whether it is heard.
    ///
    /// @param router where it answers other services
    void want(URI router, List<String> holders);

    static CreditCalls over(BillingEndpoint services) {
        return new CreditCalls() {
            @Override
            public CompletionStage<LeaseAnswer> ask(LeaseCall call) {
                return services.post("/internal/leases", call, LeaseAnswer.class);
            }

            @Override
            public void want(URI router, List<String> holders) {
                services.tell(router.resolve("/internal/credit/wanted"), Map.of("holders", holders));
            }
        };
    }
}
