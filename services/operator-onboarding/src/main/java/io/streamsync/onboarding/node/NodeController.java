package io.streamsync.onboarding.node;

import io.streamsync.onboarding.identity.Caller;
import io.streamsync.onboarding.operator.AdmissionPhase;
import io.streamsync.onboarding.operator.Operators;
import io.streamsync.onboarding.portal.Fields;
import io.streamsync.onboarding.portal.Page;
import io.streamsync.onboarding.portal.PageRequest;
import io.streamsync.protocol.market.Ask;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.parameters.Parameters;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
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

/// Nodes over HTTP, for their operator: endpoints may hold secrets, so nobody else reads them.
@RestController
@RequestMapping("/v1/operators/{operatorId}/nodes")
class NodeController {

    private static final int LONGEST_REGION = 64;

    private final Operators operators;
    private final Nodes nodes;
    private final Asks asks;
    private final Listing listing;
    private final CheckedReach checkedReach;
    private final Duration admissionWait;

    NodeController(
            Operators operators,
            Nodes nodes,
            Asks asks,
            Listing listing,
            CheckedReach checkedReach,
            AdmissionPhase phase,
            Parameters parameters) {
        this.operators = operators;
        this.nodes = nodes;
        this.asks = asks;
        this.listing = listing;
        this.checkedReach = checkedReach;
        this.admissionWait = phase.wait(parameters);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    NodeView add(Caller caller, @PathVariable OperatorId operatorId, @RequestBody NodeRequest request) {
        var operator = operators.own(operatorId, caller);
        var reach = checkedReach.of(
                Fields.required("endpoint", request.endpoint(), 1_000),
                emptyAsNull(request.webSocketEndpoint()),
                headers(request.headers(), Map.of()));
        return view(listing.add(operator.id(), reach, region(request.region())), Map.of());
    }

    @GetMapping
    Page<NodeView> list(
            Caller caller,
            @PathVariable OperatorId operatorId,
            @RequestParam @Nullable Integer limit,
            @RequestParam @Nullable String cursor) {
        var operator = operators.own(operatorId, caller);
        var request = PageRequest.of(limit, cursor);
        var asked = asks.of(operator.id());
        return Page.of(
                        nodes.page(operator.id(), request),
                        request,
                        node -> node.id().value())
                .map(node -> view(node, asked.getOrDefault(node.id(), Map.of())));
    }

    @GetMapping("/{nodeId}")
    NodeView get(Caller caller, @PathVariable OperatorId operatorId, @PathVariable NodeId nodeId) {
        return view(own(caller, operatorId, nodeId));
    }

    /// Fields that are absent or null stay; an empty webSocketEndpoint or region is removed; headers are replaced
    /// whole.
    @PatchMapping("/{nodeId}")
    NodeView change(
            Caller caller,
            @PathVariable OperatorId operatorId,
            @PathVariable NodeId nodeId,
            @RequestBody NodeRequest request) {
        var before = own(caller, operatorId, nodeId);
        var region = request.region() == null ? before.region() : region(request.region());
        return view(listing.change(before, reach(before.reach(), request), region));
    }

    @DeleteMapping("/{nodeId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable OperatorId operatorId, @PathVariable NodeId nodeId) {
        listing.remove(own(caller, operatorId, nodeId));
    }

    private Reach reach(Reach before, NodeRequest request) {
        if (request.endpoint() == null && request.webSocketEndpoint() == null && request.headers() == null) {
            return before;
        }
        var given =
                before.givenWebSocket() == null ? null : before.givenWebSocket().toString();
        return checkedReach.of(
                request.endpoint() == null
                        ? before.endpoint().toString()
                        : Fields.required("endpoint", request.endpoint(), 1_000),
                request.webSocketEndpoint() == null ? given : emptyAsNull(request.webSocketEndpoint()),
                headers(request.headers(), before.headers().values()));
    }

    private Node own(Caller caller, OperatorId operatorId, NodeId nodeId) {
        return nodes.of(operators.own(operatorId, caller).id(), nodeId);
    }

    private NodeView view(Node node) {
        return view(node, asks.of(node.operatorId()).getOrDefault(node.id(), Map.of()));
    }

    private NodeView view(Node node, Map<QueryClass, Ask> asked) {
        return NodeView.of(node, asked, admissionWait);
    }

    private static Map<String, String> headers(
            @Nullable Map<String, @Nullable String> given, Map<String, String> absent) {
        if (given == null) {
            return absent;
        }
        var headers = new HashMap<String, String>();
        given.forEach((name, value) -> headers.put(name, Fields.required("headers." + name, value, 10_000)));
        return headers;
    }

    private static @Nullable String emptyAsNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static @Nullable String region(@Nullable String text) {
        if (text != null && (text.length() > LONGEST_REGION || !text.chars().allMatch(c -> c >= ' ' && c < 0x7f))) {
            throw Fields.invalid("region", "has at most " + LONGEST_REGION + " characters, all printable ASCII");
        }
        return emptyAsNull(text);
    }

    record NodeRequest(
            @Nullable String endpoint,
            @Nullable String webSocketEndpoint,
            @Nullable String region,
            @Nullable Map<String, @Nullable String> headers) {}
}
