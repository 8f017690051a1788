package io.streamsync.verifier;

import io.streamsync.protocol.money.Amount;
import io.streamsync.verifier.finding.Finding;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A report for programs.
final class ReportJson {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ReportJson() {}

    static String of(Report report) {
        var checked = report.checked();
        var json = new LinkedHashMap<String, Object>();
        json.put("epoch", report.epoch());
        json.put("fits", report.fits());
        json.put("complete", report.isComplete());
        json.put("publicKey", checked.publicKey());
        json.put("parameters", checked.parameters());
        json.put("leaves", checked.leaves());
        json.put("streams", checked.streams());
        json.put("races", checked.races());
        json.put("replayed", checked.replayed());
        json.put("withoutSla", checked.withoutSla());
        json.put("withoutSlaByWord", checked.withoutSlaByWord());
        json.put("withLists", checked.withLists());
        json.put("creditSkips", checked.creditSkips());
        json.put("verdicts", checked.verdicts());
        json.put("earlierVerdicts", checked.earlierVerdicts());
        json.put("unverified", checked.unverified());
        json.put("subscriptionCharges", checked.subscriptionCharges());
        json.put("refunds", new TreeMap<>(checked.refunds()));
        json.put("secrets", checked.secrets());
        json.put("snapshots", checked.snapshots());
        json.put("receipts", checked.receipts());
        var sums = new LinkedHashMap<String, String>();
        checked.sums().forEach((pool, nano) -> sums.put(pool, Amount.decimal(nano)));
        json.put("sums", sums);
        json.put("notices", checked.notices());
        json.put("waiting", checked.waiting());
        json.put("counts", new TreeMap<>(report.counts()));
        json.put("findings", report.findings().stream().map(ReportJson::finding).toList());
        return JSON.writeValueAsString(json);
    }

    private static Map<String, @Nullable Object> finding(Finding finding) {
        var where = finding.where();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("code", finding.code().name());
        json.put("window", where.window());
        json.put("routerId", where.stream() == null ? null : where.stream().router());
        json.put("incarnation", where.stream() == null ? null : where.stream().incarnation());
        json.put("position", where.position());
        json.put("sequence", where.sequence());
        json.put("raceId", where.raceId());
        json.put("expected", finding.expected());
        json.put("found", finding.found());
        json.put("sentence", finding.sentence());
        return json;
    }
}
