package io.streamsync.verifier.check;

import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.protocol.settlement.SharedOut;
import io.streamsync.protocol.settlement.StakeShare;
import io.streamsync.protocol.settlement.StakeShares;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import io.streamsync.verifier.publication.Publication;
import io.streamsync.verifier.publication.Settlement;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;

/// Who got which part of the stakers' share: the stakes are those that were signed, each part is pro rata and rounded
/// down, and together they are what the header says. That the stakes are those at the window's end, snapshots say.
final class StakesCheck {

    private final Publication publication;
    private final SnapshotStakes snapshots;
    private final Findings findings;

    StakesCheck(Publication publication, SnapshotStakes snapshots, Findings findings) {
        this.publication = publication;
        this.snapshots = snapshots;
        this.findings = findings;
    }

    void check(Settlement settlement, Optional<Settlement> previous) {
        var header = settlement.header();
        var signed = header.sharedOut();
        if (signed != null) {
            published(settlement, signed).ifPresent(shares -> check(header, signed, shares, previous));
        } else if (previous.map(Settlement::header)
                .map(SettlementHeader::sharedOut)
                .isPresent()) {
            tell(header, "stakes that are signed, as in the window before", "a header that does not say");
        }
    }

    private Optional<StakeShares> published(Settlement settlement, SharedOut signed) {
        var header = settlement.header();
        var shares = publication.stakes(settlement);
        if (shares.isEmpty()) {
            tell(header, "the stakes of the root " + signed.stakesRoot(), "none");
        }
        return shares.filter(all -> findings.same(
                FindingCode.STAKES_WRONG,
                Where.window(header.epoch()),
                "stakes of the root " + signed.stakesRoot(),
                "stakes of the root " + all.root()));
    }

    private void check(SettlementHeader header, SharedOut signed, StakeShares shares, Optional<Settlement> previous) {
        var where = Where.window(header.epoch());
        var due = BigInteger.valueOf(header.stakersShare()).add(BigInteger.valueOf(signed.carried()));
        if (due.signum() <= 0) {
            if (!shares.all().isEmpty()) {
                tell(header, "no stakes where nothing is due", shares.all().size() + " stakes");
            }
            return;
        }
        var all = BigInteger.ZERO;
        var paid = BigInteger.ZERO;
        for (var share : shares.all()) {
            all = all.add(BigInteger.valueOf(share.bonded()));
            paid = paid.add(BigInteger.valueOf(share.share()));
        }
        findings.same(
                FindingCode.STAKES_WRONG,
                where,
                "parts that come to " + header.stakersShare() + " nano-USDC",
                "parts that come to " + paid + " nano-USDC");
        for (var share : shares.all()) {
            part(share, due, all, where);
        }
        snapshots.check(header, shares, () -> contradictedIn(previous));
    }

    /// Whose stake snapshots showed otherwise at the end of the window before, as far as it says by what it paid.
    private Set<OperatorId> contradictedIn(Optional<Settlement> previous) {
        return previous.flatMap(before -> Optional.ofNullable(before.header().sharedOut())
                        .flatMap(signed -> publication
                                .stakes(before)
                                .filter(shares -> shares.root().equals(signed.stakesRoot())))
                        .map(shares -> snapshots.contradicted(before.header(), shares)))
                .orElse(Set.of());
    }

    private void part(StakeShare share, BigInteger due, BigInteger all, Where where) {
        var part = due.multiply(BigInteger.valueOf(share.bonded())).divide(all);
        if (!part.equals(BigInteger.valueOf(share.share()))) {
            findings.add(
                    FindingCode.STAKES_WRONG,
                    where,
                    part + " nano-USDC for operator " + share.operatorId() + " by " + share.bonded() + " of " + all
                            + " nano-STRM",
                    share.share() + " nano-USDC");
        }
    }

    private void tell(SettlementHeader header, String expected, String found) {
        findings.add(FindingCode.STAKES_WRONG, Where.window(header.epoch()), expected, found);
    }
}
