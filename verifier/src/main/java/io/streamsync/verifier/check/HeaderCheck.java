package io.streamsync.verifier.check;

import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import io.streamsync.verifier.publication.Settlement;
import io.streamsync.verifier.publication.StreamName;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Whether a header is signed by the key that it names, and shown as it was signed.
final class HeaderCheck {

    private final Findings findings;

    HeaderCheck(Findings findings) {
        this.findings = findings;
    }

    void check(Settlement settlement, long asked) {
        var header = settlement.header();
        var where = Where.window(asked);
        if (!header.isSigned(settlement.signature())) {
            findings.add(
                    FindingCode.HEADER_SIGNATURE, where, "a signature by the key " + header.publicKey(), "another");
        }
        findings.same(FindingCode.HEADER_CONTRADICTED, where, "epoch " + asked, "epoch " + header.epoch());
        findings.same(
                FindingCode.HEADER_CONTRADICTED,
                where,
                "the key " + header.publicKey(),
                "the key " + HexFormat.of().formatHex(settlement.publicKey()));
        var signed = Shown.of(header);
        settlement.shown().forEach((name, shown) -> {
            var due = signed.get(name);
            if (due != null) {
                findings.same(FindingCode.HEADER_CONTRADICTED, where, name + " " + due, name + " " + shown);
            }
        });
        if (!header.sums().balanced()) {
            findings.add(FindingCode.SUMS_WRONG, where, "shares that add up to what was charged", header.sums());
        }
        if (header.parametersVersions().isEmpty()) {
            findings.add(FindingCode.HEADER_CONTRADICTED, where, "the version of the parameters in force", "none");
        }
        ranges(settlement, where);
        times(settlement, where);
    }

    /// The window of an epoch is the time that its number says.
    private void times(Settlement settlement, Where where) {
        var header = settlement.header();
        var length = header.endsAt() - header.startsAt();
        if (length <= 0 || header.startsAt() != header.epoch() * length) {
            findings.add(
                    FindingCode.HEADER_CONTRADICTED,
                    where,
                    "the time of epoch " + header.epoch(),
                    header.startsAt() + " to " + header.endsAt() + " ms");
        }
    }

    private void ranges(Settlement settlement, Where where) {
        @Nullable StreamName last = null;
        for (var range : settlement.header().ranges()) {
            var stream = new StreamName(range.router(), range.incarnation());
            if (last != null && last.compareTo(stream) >= 0) {
                findings.add(
                        FindingCode.RANGE_GAP, where, "one range of each router, in order", stream + " after " + last);
            }
            last = stream;
        }
    }
}
