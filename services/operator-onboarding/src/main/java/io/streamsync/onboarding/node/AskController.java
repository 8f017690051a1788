package io.streamsync.onboarding.node;

import io.streamsync.onboarding.identity.Caller;
import io.streamsync.onboarding.operator.Operators;
import io.streamsync.onboarding.portal.Fields;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.market.Ask;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.money.Asset;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Asks over HTTP: the operator alone sets them, at any time.
@RestController
@RequestMapping("/v1/operators/{operatorId}/nodes/{nodeId}/asks/{queryClass}")
class AskController {

    /// No node has more queries in flight; routers add capacities up.
    private static final int HIGHEST_CAPACITY = 1_000_000;

    private static final int LONGEST_LATENCY_MS = 60_000;

    /// A thousand USDC for one query: routers and ledger add and multiply prices in 64 bits.
    private static final Amount HIGHEST_PRICE = Amount.usdc(1_000 * Amount.NANO);

    private final Operators operators;
    private final Nodes nodes;
    private final Asks asks;

    AskController(Operators operators, Nodes nodes, Asks asks) {
        this.operators = operators;
        this.nodes = nodes;
        this.asks = asks;
    }

    @PutMapping
    AskView put(
            Caller caller,
            @PathVariable OperatorId operatorId,
            @PathVariable NodeId nodeId,
            @PathVariable String queryClass,
            @RequestBody AskRequest request) {
        var node = nodes.of(operators.own(operatorId, caller).id(), nodeId);
        var named = queryClass(queryClass);
        var ask = new Ask(
                price(request.price()).nanoUnits(),
                within("maxLatencyMs", request.maxLatencyMs(), LONGEST_LATENCY_MS),
                within("capacity", request.capacity(), HIGHEST_CAPACITY));
        asks.put(node.id(), named, ask);
        return AskView.of(named, ask);
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            Caller caller,
            @PathVariable OperatorId operatorId,
            @PathVariable NodeId nodeId,
            @PathVariable String queryClass) {
        var node = nodes.of(operators.own(operatorId, caller).id(), nodeId);
        asks.remove(node.id(), queryClass(queryClass));
    }

    private static QueryClass queryClass(String name) {
        return QueryClass.ofWireName(name)
                .orElseThrow(() -> new Refusal(
                        ProblemCode.NOT_FOUND,
                        "There is no such query class; there are lookup, scan, archive, compressed and submit."));
    }

    private static Amount price(@Nullable String text) {
        var price = Fields.amount("price", text, Asset.USDC);
        if (!HIGHEST_PRICE.covers(price)) {
            throw new Refusal(ProblemCode.AMOUNT_INVALID, "A query costs at most " + HIGHEST_PRICE.decimal() + " USDC.")
                    .field("price", "more than " + HIGHEST_PRICE.decimal());
        }
        return price;
    }

    private static int within(String field, @Nullable Integer value, int highest) {
        int given = Fields.required(field, value);
        if (given < 1 || given > highest) {
            throw Fields.invalid(field, "must be 1 to " + highest);
        }
        return given;
    }

    record AskRequest(
            @Nullable String price,
            @Nullable Integer maxLatencyMs,
            @Nullable Integer capacity) {}

    record AskView(String queryClass, String price, int maxLatencyMs, int capacity) {

        static AskView of(QueryClass queryClass, Ask ask) {
            return new AskView(
                    queryClass.wireName(), Amount.decimal(ask.priceNano()), ask.guaranteedLatencyMs(), ask.capacity());
        }
    }
}
