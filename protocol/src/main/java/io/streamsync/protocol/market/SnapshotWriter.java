package io.streamsync.protocol.market;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// The canonical JSON of a snapshot: members in the order of their names, no spaces, money as strings of nano-units.
/// Written by hand, since a snapshot of a large market is made every second and the general way takes a hundred times
/// as long; a test holds it against an RFC 8785 library. Nothing needs an escape: ids, states and versions are ASCII.
final class SnapshotWriter {

    private static final List<QueryClass> CLASSES = Arrays.stream(QueryClass.values())
            .sorted(Comparator.comparing(QueryClass::wireName))
            .toList();

    private final StringBuilder json = new StringBuilder(1 << 16);

    byte[] write(MarketSnapshot snapshot) {
        json.append("{\"nodes\":[");
        for (var node : snapshot.nodes()) {
            node(node);
            json.append(',');
        }
        endList();
        json.append(",\"operators\":[");
        for (var operator : snapshot.operators()) {
            operator(operator);
            json.append(',');
        }
        endList();
        json.append(",\"parametersVersion\":\"").append(snapshot.parametersVersion());
        json.append("\"}");
        return json.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private void node(ListedNode node) {
        json.append("{\"id\":\"").append(node.id().value());
        json.append("\",\"offers\":");
        offers(node.offers());
        json.append(",\"operatorId\":\"").append(node.operatorId().value());
        json.append("\",\"state\":\"").append(node.state().name());
        json.append("\",\"uptime\":").append(node.uptime()).append('}');
    }

    private void offers(Map<QueryClass, Offer> offers) {
        var separator = '{';
        for (var queryClass : CLASSES) {
            var offer = offers.get(queryClass);
            if (offer != null) {
                json.append(separator).append('"').append(queryClass.wireName()).append("\":");
                offer(offer);
                separator = ',';
            }
        }
        json.append(separator == '{' ? "{}" : "}");
    }

    private void offer(Offer offer) {
        json.append("{\"capacity\":").append(offer.ask().capacity());
        json.append(",\"guaranteedLatencyMs\":").append(offer.ask().guaranteedLatencyMs());
        json.append(",\"performance\":").append(offer.performance());
        json.append(",\"price\":\"").append(offer.ask().priceNano());
        json.append("\",\"quality\":").append(offer.quality()).append('}');
    }

    private void operator(ListedOperator operator) {
        json.append("{\"accuracy\":").append(operator.accuracy());
        json.append(",\"bondedStake\":\"").append(operator.bondedStake());
        json.append("\",\"countsAs\":\"").append(operator.countsAs().value());
        json.append("\",\"flagged\":").append(operator.flagged());
        json.append(",\"id\":\"").append(operator.id().value()).append("\"}");
    }

    private void endList() {
        if (json.charAt(json.length() - 1) == ',') {
            json.setLength(json.length() - 1);
        }
        json.append(']');
    }
}
