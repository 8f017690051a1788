package io.streamsync.router;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One customer's credit as billing shares it out among routers: leases of the size that billing gives, what they give
/// back, and who holds what another is short of. Nothing is ever posted.
final class SharedCredit {

    private final Map<Integer, Held> leases = new HashMap<>();
    private long available;

    SharedCredit(long nano) {
        available = nano;
    }

    /// What no router has.
    synchronized long available() {
        return available;
    }

    synchronized Map<String, Object> grant(int router, int live, JsonNode request) {
        var lease = leases.computeIfAbsent(router, _ -> new Held(UUID.randomUUID()));
        var own = lease.id.toString().equals(request.path("leaseId").asString(""));
        if (own) {
            takeBack(lease, request);
        }
        var answer = new HashMap<String, Object>();
        answer.put("requestId", request.path("requestId").asString());
        answer.put("accountId", request.path("accountId").asString());
        var size = request.path("more").asBoolean(true) ? size(request, live) : 0;
        var granted = size > 0 && size >= nano(request, "least");
        if (granted) {
            available -= size;
            lease.total += size;
            lease.unspent += size;
        }
        var enough = granted || (own && !request.path("more").asBoolean(true));
        answer.put("outcome", enough ? "GRANTED" : "NOTHING_LEFT");
        answer.put("leaseId", lease.total == 0 ? null : lease.id.toString());
        answer.put("granted", Long.toString(lease.total));
        answer.put("balance", Long.toString(Math.addExact(available, unspent())));
        answer.put("heldBy", enough ? List.of() : heldBy(router, request));
        return answer;
    }

    private void takeBack(Held lease, JsonNode request) {
        var back = Math.max(0, nano(request, "returned") - lease.returned);
        lease.returned += back;
        available += back;
        lease.unspent = nano(request, "unspent");
    }

    private long size(JsonNode request, int live) {
        var dearest = nano(request, "dearestAsk");
        var share = Math.max(available / (2L * live), Math.min(available, dearest));
        return Math.min(Math.max(nano(request, "spentRecently"), 50 * dearest), share);
    }

    private List<Map<String, Object>> heldBy(int router, JsonNode request) {
        return leases.entrySet().stream()
                .filter(lease -> lease.getKey() != router && lease.getValue().unspent > 0)
                .map(lease -> Map.<String, Object>of(
                        "routerId",
                        lease.getKey(),
                        "holder",
                        request.path("accountId").asString()))
                .toList();
    }

    private long unspent() {
        return leases.values().stream().mapToLong(lease -> lease.unspent).sum();
    }

    private static long nano(JsonNode request, String field) {
        @Nullable String digits = request.path(field).asString("0");
        return Long.parseLong(digits);
    }

    private static final class Held {

        private final UUID id;
        private long total;
        private long returned;
        private long unspent;

        Held(UUID id) {
            this.id = id;
        }
    }
}
