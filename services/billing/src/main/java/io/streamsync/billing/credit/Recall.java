package io.streamsync.billing.credit;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.billing.stream.LiveRouter;
import io.streamsync.billing.stream.Routers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Has routers hand back what they hold of a customer's credit and do not need, as they do among each other
/// (decision 46). Waits a moment for it, outside of any transaction: a router that is away makes nobody wait longer.
@Component
public class Recall {

    /// A hand-over takes some 100 ms, and twice that where a router has to find out first what it holds.
    private static final Duration AGAIN = Duration.ofMillis(500);

    private static final int TIMES = 4;
    private static final Duration LOOK = Duration.ofMillis(100);

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /// No proxy: routers are inside the installation.
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();

    private final RecallsUnderway underway = new RecallsUnderway();
    private final Leases leases;
    private final Routers routers;
    private final Ledger ledger;
    private final JsonMapper json;
    private final RecallProperties properties;

    Recall(Leases leases, Routers routers, Ledger ledger, JsonMapper json, RecallProperties properties) {
        this.leases = leases;
        this.routers = routers;
        this.ledger = ledger;
        this.json = json;
        this.properties = properties;
    }

    /// Waits until so much is available, all that can come back has, or two seconds have passed.
    ///
    /// @param needed nano-USDC
    /// @return whether more may be available than before
    public boolean bringBack(CustomerId customer, long needed) {
        var missing = needed - available(customer);
        if (missing <= 0) {
            return true;
        }
        if (missing > ledger.balance(Account.leased(customer)) || !underway.enter(customer)) {
            return false;
        }
        try {
            return asked(customer, needed);
        } finally {
            underway.leave(customer);
        }
    }

    private boolean asked(CustomerId customer, long needed) {
        for (var time = 0; time < TIMES; time++) {
            var holders = holders(customer);
            if (holders.isEmpty()) {
                return time > 0;
            }
            holders.forEach(this::ask);
            if (comes(customer, needed)) {
                return true;
            }
        }
        return true;
    }

    private boolean comes(CustomerId customer, long needed) {
        for (var waited = Duration.ZERO; waited.compareTo(AGAIN) < 0; waited = waited.plus(LOOK)) {
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            }
            if (available(customer) >= needed) {
                return true;
            }
        }
        return false;
    }

    /// Who has something unspent, by where it answers.
    private Map<String, List<String>> holders(CustomerId customer) {
        var held = leases.held(Set.of(customer)).stream()
                .collect(groupingBy(HeldElsewhere::routerId, mapping(HeldElsewhere::holder, toList())));
        var holders = new HashMap<String, List<String>>();
        if (!held.isEmpty()) {
            for (LiveRouter router : routers.live()) {
                var url = router.internalUrl();
                var here = held.get(router.routerId());
                if (url != null && here != null) {
                    holders.put(url, here);
                }
            }
        }
        return holders;
    }

    /// Whether it is heard shows in the books alone.
    private void ask(String url, List<String> holders) {
        var base = url.replaceAll("/+$", "");
        var request = HttpRequest.newBuilder(URI.create(base + "/internal/credit/wanted"))
                .timeout(PATIENCE)
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + properties.serviceToken())
                .header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE)
                .POST(BodyPublishers.ofString(json.writeValueAsString(Map.of("holders", holders))))
                .build();
        var _ = http.sendAsync(request, BodyHandlers.discarding());
    }

    private long available(CustomerId customer) {
        return ledger.balance(Account.available(customer));
    }
}
