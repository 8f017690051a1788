package io.streamsync.verifier.check;

import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.settlement.SettlementHeader;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a page shows of a header, by name, as the public interfaces write it.
final class Shown {

    private Shown() {}

    static Map<String, String> of(SettlementHeader header) {
        var shown = new LinkedHashMap<String, String>();
        shown.put("epoch", Long.toString(header.epoch()));
        shown.put("leafCount", Long.toString(header.leafCount()));
        shown.put("root", header.root());
        shown.put("previous", header.previous());
        shown.put("hash", header.hash());
        shown.put("stakersShare", Amount.decimal(header.stakersShare()));
        var sharedOut = header.sharedOut();
        shown.put("stakersCarried", sharedOut == null ? "not signed" : Amount.decimal(sharedOut.carried()));
        shown.put("stakesRoot", sharedOut == null ? "not signed" : sharedOut.stakesRoot());
        shown.put(
                "parametersVersion",
                header.parametersVersions().isEmpty()
                        ? ""
                        : header.parametersVersions().getFirst());
        shown.put("ranges", ranges(header));
        sums(header).forEach((name, nano) -> shown.put("sums." + name, Amount.decimal(nano)));
        return shown;
    }

    static Map<String, Long> sums(SettlementHeader header) {
        var sums = header.sums();
        var named = new LinkedHashMap<String, Long>();
        named.put("charged", sums.charged());
        named.put("refunded", sums.refunded());
        named.put("operators", sums.operators());
        named.put("verifiers", sums.verifiers());
        named.put("stakers", sums.stakers());
        named.put("treasury", sums.treasury());
        named.put("insurance", sums.insurance());
        return named;
    }

    /// `router/incarnation from-to`, in their order.
    private static String ranges(SettlementHeader header) {
        var text = new StringBuilder();
        header.ranges()
                .forEach(range -> text.append(range.router())
                        .append('/')
                        .append(range.incarnation())
                        .append(' ')
                        .append(range.from())
                        .append('-')
                        .append(range.to())
                        .append(' '));
        return text.toString().strip();
    }
}
