package io.streamsync.verifier.check;

import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.PublicRecord;
import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import io.streamsync.verifier.publication.NotCheckableException;
import io.streamsync.verifier.publication.Publication;
import io.streamsync.verifier.publication.PublishedLeaf;
import io.streamsync.verifier.publication.Settlement;
import io.streamsync.verifier.publication.StreamName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Verifies one window: reads the one before for what is open at the border, then every leaf of this one.
public final class WindowCheck {

    private final Publication publication;
    private final Findings findings;
    private final Settlement settlement;
    private final long window;
    private final ParametersBook parameters;
    private final SnapshotBook snapshots;
    private final SecretBook secrets;
    private final RaceCheck races;
    private final SubscriptionCheck subscriptions;
    private final SumsCheck sums;
    private final CorrectionCheck corrections;
    private final SkipStatistics skips;
    private final CircuitCheck circuits;
    private final SkipPageCheck pages;
    private final Tallied tallied = new Tallied();
    private final Map<StreamName, StreamCheck> streams = new HashMap<>();
    private final List<String> notices = new ArrayList<>();

    /// @param now by which secrets may still be waited for
    public WindowCheck(Publication publication, Settlement settlement, Findings findings, Instant now) {
        this.publication = publication;
        this.settlement = settlement;
        this.findings = findings;
        this.window = settlement.epoch();
        var times = EpochTimes.of(settlement.header());
        this.parameters = new ParametersBook(publication, findings);
        this.snapshots = new SnapshotBook(publication, findings);
        this.secrets = new SecretBook(publication, findings, times, now);
        this.races = new RaceCheck(parameters, snapshots, secrets, times, findings);
        this.subscriptions = new SubscriptionCheck(findings);
        this.sums = new SumsCheck(findings);
        this.corrections = new CorrectionCheck(publication, findings);
        this.skips = new SkipStatistics(findings);
        this.circuits = new CircuitCheck(findings);
        this.pages = new SkipPageCheck(findings);
    }

    public Checked check(long asked, List<Receipt> receipts) {
        new HeaderCheck(findings).check(settlement, asked);
        var previous = new ChainCheck(publication, settlement, findings).check();
        settlement.header().parametersVersions().forEach(version -> parameters.find(version, Where.window(window)));
        previous.ifPresent(this::readBefore);
        var leaves = read(settlement, this::take)
                .orElseThrow(() -> new NotCheckableException("The records of epoch " + window + " are not published."));
        finish();
        var receiptCheck = new ReceiptCheck(publication, settlement, findings);
        receiptCheck.check(receipts);
        return checked(leaves, receiptCheck);
    }

    private void readBefore(Settlement previous) {
        new HeaderCheck(findings).check(previous, previous.epoch());
        var leaves = read(previous, (leaf, record) -> {
            var stream = stream(leaf.stream(), previous.header());
            stream.take(previous.epoch(), leaf.position(), record, false);
            if (record instanceof PublicRecord.Verified(var verified)) {
                circuits.verified(leaf.stream(), verified);
                stream.open().verified(verified, Where.position(previous.epoch(), leaf.stream(), leaf.position()));
            }
        });
        if (leaves.isEmpty()) {
            notices.add("the records of window " + previous.epoch() + " are not published: what was open is not known");
        } else {
            ChainCheck.gone(previous.header(), settlement.header()).forEach(stream -> gone(stream, previous));
        }
    }

    /// A router that starts anew ends what it left behind; one that never comes back leaves its stream open.
    private void gone(StreamName stream, Settlement previous) {
        var check = streams.get(stream);
        if (check == null || check.hasEnded()) {
            return;
        }
        var hasSuccessor = previous.header().ranges().stream()
                .anyMatch(range -> range.router() == stream.router() && range.incarnation() > stream.incarnation());
        if (hasSuccessor) {
            findings.add(
                    FindingCode.STREAM_VANISHED,
                    Where.stream(window, stream),
                    "records, or STREAM_ENDED before",
                    "none");
        } else {
            notices.add("router " + stream + " is silent: its stream neither goes on nor has ended");
        }
    }

    private Optional<LeavesCheck> read(Settlement settled, LeafReader reader) {
        var leaves = new LeavesCheck(settled.header(), findings);
        if (publication.leaves(settled, leaf -> leaves.take(leaf).ifPresent(record -> reader.read(leaf, record)))) {
            leaves.finish();
            return Optional.of(leaves);
        }
        return Optional.empty();
    }

    private void take(PublishedLeaf leaf, PublicRecord record) {
        var stream = stream(leaf.stream(), settlement.header());
        stream.take(window, leaf.position(), record, true);
        switch (record) {
            case PublicRecord.Answered answered ->
                answered(new AnsweredLeaf(window, leaf.stream(), leaf.position(), answered));
            case PublicRecord.Verified(var verified) -> {
                tallied.verified(verified);
                circuits.verified(leaf.stream(), verified);
                var where = Where.race(window, leaf.stream(), leaf.position(), verified.sequence());
                var isOfThisWindow = stream.answeredInThisWindow(verified.sequence());
                corrections.verified(verified, isOfThisWindow);
                parameters
                        .find(verified.parametersVersion(), where)
                        .ifPresent(inForce -> sums.verified(verified, inForce, isOfThisWindow));
                stream.open().verified(verified, where).ifPresent(race -> races.verified(race, verified, where));
            }
            case PublicRecord.SubscriptionCharged charged -> {
                tallied.subscribed();
                var where = Where.position(window, leaf.stream(), leaf.position());
                parameters.find(charged.parametersVersion(), where).ifPresent(inForce -> {
                    subscriptions.charged(charged, inForce, where);
                    sums.subscribed(charged.feeNano(), inForce);
                });
            }
            case PublicRecord.LeaseClosed _, PublicRecord.EpochEnded _, PublicRecord.StreamEnded _ -> {}
        }
    }

    private void answered(AnsweredLeaf leaf) {
        tallied.answered(leaf.record());
        skips.answered(leaf);
        circuits.answered(leaf);
        pages.answered(leaf);
        parameters
                .find(leaf.record().race().parametersVersion(), leaf.where())
                .ifPresent(inForce -> sums.answered(leaf.record().outcome().feeNano(), inForce));
        if (races.answered(leaf)) {
            tallied.replayed();
        }
    }

    private void finish() {
        streams.values()
                .forEach(stream -> stream.finish(window, parametersInForce().verdictDeadline()));
        sums.finish(settlement.header());
        corrections.finish(window, settlement.corrections());
        skips.finish(window);
        circuits.finish(window);
        pages.finish(window, secrets.page(window));
    }

    private StreamCheck stream(StreamName name, SettlementHeader header) {
        return streams.computeIfAbsent(name, _ -> {
            var fromTheStart = header.ranges().stream()
                    .anyMatch(range -> ChainCheck.stream(range).equals(name) && range.from() == 0);
            return new StreamCheck(name, fromTheStart, parametersInForce().deadline(), findings);
        });
    }

    private Parameters parametersInForce() {
        return settlement.header().parametersVersions().stream()
                .findFirst()
                .flatMap(version -> parameters.find(version, Where.window(window)))
                .orElseGet(Parameters::defaults);
    }

    private Checked checked(LeavesCheck leaves, ReceiptCheck receipts) {
        var waiting = new ArrayList<>(secrets.waiting());
        waiting.addAll(receipts.waiting());
        return new Checked(
                leaves.count(),
                settlement.header().ranges().size(),
                tallied.races(),
                tallied.replays(),
                tallied.withoutSla(),
                tallied.verdicts(),
                streams.values().stream()
                        .mapToLong(stream -> stream.open().earlier())
                        .sum(),
                streams.values().stream()
                        .mapToLong(stream -> stream.open().size())
                        .sum(),
                tallied.subscriptionCharges(),
                tallied.refunds(),
                secrets.sound(),
                snapshots.sound(),
                receipts.proven(),
                Shown.sums(settlement.header()),
                List.copyOf(notices),
                List.copyOf(waiting));
    }

    /// What is done with each leaf that can be read.
    @FunctionalInterface
    private interface LeafReader {

        void read(PublishedLeaf leaf, PublicRecord record);
    }
}
