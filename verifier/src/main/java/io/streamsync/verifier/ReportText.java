package io.streamsync.verifier;

import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.record.StreamRecord.RefundReason;
import io.streamsync.verifier.check.Checked;
import io.streamsync.verifier.finding.Finding;
import io.streamsync.verifier.finding.FindingCode;
import java.util.Arrays;
import java.util.stream.Collectors;

/// A report for people.
final class ReportText {

    private static final int SHOWN_PER_CODE = 3;

    private ReportText() {}

    static String of(Report report) {
        var text = new StringBuilder("Epoch " + report.epoch() + "\n");
        counts(text, report.checked());
        report.checked().notices().forEach(notice -> line(text, "note", notice));
        report.checked().waiting().forEach(waiting -> line(text, "not checked", waiting));
        if (report.fits()) {
            text.append(report.isComplete() ? "Everything fits." : "What is published fits; the rest is not yet.");
        } else {
            for (var code : FindingCode.values()) {
                findings(text, report, code);
            }
            var all =
                    report.counts().values().stream().mapToLong(Long::longValue).sum();
            text.append(all == 1 ? "One thing does not fit." : all + " things do not fit.");
        }
        return text.toString();
    }

    private static void counts(StringBuilder text, Checked checked) {
        line(text, "signed by", checked.publicKey());
        checked.parameters().forEach(version -> line(text, "parameters", version));
        line(text, "leaves", checked.leaves() + " of " + checked.streams() + " streams rebuild the signed root");
        line(
                text,
                "races",
                checked.races() + ", " + checked.replayed() + " draws replayed with " + checked.secrets()
                        + " secrets and " + checked.snapshots() + " snapshots");
        line(
                text,
                "verdicts",
                checked.verdicts() + ", " + checked.earlierVerdicts() + " of them on races of windows before; "
                        + checked.unverified() + " races wait for theirs");
        line(text, "refunds", refunds(checked));
        line(
                text,
                "without an SLA",
                checked.withoutSla() + " answers, " + checked.withoutSlaByWord()
                        + " of them by the router's word (large, or waiting for a slot)");
        line(
                text,
                "by the customer",
                checked.withLists() + " races among chosen operators, " + checked.creditSkips()
                        + " nodes too dear for what was left");
        if (checked.subscriptionCharges() > 0) {
            line(text, "subscriptions", checked.subscriptionCharges() + " charges");
        }
        if (checked.receipts() > 0) {
            line(text, "receipts", checked.receipts() + " proven");
        }
        line(
                text,
                "sums in USDC",
                checked.sums().entrySet().stream()
                        .map(sum -> sum.getKey() + " " + Amount.decimal(sum.getValue()))
                        .collect(Collectors.joining(", ")));
    }

    private static String refunds(Checked checked) {
        return Arrays.stream(RefundReason.values())
                .map(reason -> reason + " " + checked.refunds().getOrDefault(reason, 0L))
                .collect(Collectors.joining(", "));
    }

    private static void findings(StringBuilder text, Report report, FindingCode code) {
        var count = report.counts().getOrDefault(code, 0L);
        if (count == 0) {
            return;
        }
        text.append("%s (%d)%n".formatted(code, count));
        report.findings().stream()
                .filter(finding -> finding.code() == code)
                .limit(SHOWN_PER_CODE)
                .map(Finding::sentence)
                .forEach(sentence -> text.append("  ").append(sentence).append('\n'));
        if (count > SHOWN_PER_CODE) {
            text.append("  … and ").append(count - SHOWN_PER_CODE).append(" more\n");
        }
    }

    private static void line(StringBuilder text, String name, String what) {
        text.append("  %-18s %s%n".formatted(name, what));
    }
}
