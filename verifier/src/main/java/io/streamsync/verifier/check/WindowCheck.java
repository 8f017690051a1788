package io.streamsync.verifier.check;

import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.PublicRecord;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Plain;
import io.streamsync.verifier.finding.Where;
import io.streamsync.verifier.publication.EpochPage;
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

/// Verifies one window: reads the one before for what is open at the border, then every leaf of this one, then those
/// before that a verdict takes.
public final class WindowCheck {

    private final Publication publication;
    private final Findings findings;
    private final Settlement settlement;
    private final SettlementHeader header;
    private final long window;
    private final Chain chain;
    private final ParametersBook parameters;
    private final SnapshotBook snapshots;
    private final SecretBook secrets;
    private final SnapshotMoments moments;
    private final RaceCheck races;
    private final EarlierVerdicts earlier;
    private final SubscriptionCheck subscriptions;
    private final SubscriptionPrices prices;
    private final SumsCheck sums;
    private final SnapshotStakes stakes;
    private final CorrectionCheck corrections;
    private final SkipStatistics skips;
    private final CircuitCheck circuits;
    private final SkipPageCheck pages;
    private final ReceiptCheck receipts;
    private final Tallied tallied = new Tallied();
    private final Map<StreamName, StreamCheck> streams = new HashMap<>();
    private final List<String> rules = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private final List<String> waiting = new ArrayList<>();
    private boolean checksMoments;
    private long leaves;

    /// @param now by which secrets may still be waited for
    public WindowCheck(Publication publication, Settlement settlement, Findings findings, Instant now) {
        this.publication = publication;
        this.settlement = settlement;
        this.findings = findings;
        this.header = settlement.header();
        this.window = header.epoch();
        var times = EpochTimes.of(header);
        this.chain = new Chain(publication, settlement, findings);
        this.parameters = new ParametersBook(publication, findings);
        this.snapshots = new SnapshotBook(publication, findings);
        this.secrets = new SecretBook(this::page, findings, times, now);
        this.moments = new SnapshotMoments(secrets::page, findings);
        this.races = new RaceCheck(parameters, snapshots, secrets, moments, times, findings);
        this.earlier = new EarlierVerdicts(chain, races, findings);
        this.subscriptions = new SubscriptionCheck(findings);
        this.prices = new SubscriptionPrices(moments, snapshots, findings);
        this.sums = new SumsCheck(findings);
        this.stakes = new SnapshotStakes(secrets, snapshots, findings, now);
        this.corrections = new CorrectionCheck(publication, findings);
        this.skips = new SkipStatistics(findings);
        this.circuits = new CircuitCheck(findings);
        this.pages = new SkipPageCheck(findings);
        this.receipts = new ReceiptCheck(publication, chain, settlement, parameters, findings);
    }

    /// @throws NotCheckableException when what is published cannot be had or read
    public void check(long asked, List<Receipt> told) {
        new HeaderCheck(findings).check(settlement, asked);
        epochLength();
        var chained = new ChainCheck(chain, settlement, findings);
        var previous = chained.check();
        waiting.addAll(chained.waiting());
        checksMoments = chained.showsEveryNaming();
        if (!checksMoments) {
            races.leaveMoments();
            notices.add("a window of the first format is near: whether snapshots were in force is not checked");
        }
        if (previous.isEmpty()) {
            notices.add("no window is published before this one: the chain begins here");
        }
        try {
            records(previous);
            receipts.check(told);
        } finally {
            stakes(previous);
        }
    }

    /// @param reason why the rest could not be checked
    public void breakOff(String reason) {
        waiting.add("the rest: " + reason);
    }

    private void records(Optional<Settlement> previous) {
        header.parametersVersions()
                .forEach(version -> parameters
                        .find(version, Where.window(window))
                        .ifPresent(found -> rules.add(version + ": " + ParametersBook.differences(found))));
        var isReadBefore = previous.map(this::readBefore).orElse(true);
        if (!read(settlement, this::take)) {
            throw new NotCheckableException("The records of epoch " + window + " are not published.");
        }
        if (isReadBefore) {
            earlier.find(previous.orElse(settlement), (before, reader) -> read(before, reader::accept));
        }
        finish();
    }

    /// Last: what cannot be read of stakes keeps nothing back that is said of races.
    private void stakes(Optional<Settlement> previous) {
        try {
            new StakesCheck(publication, stakes, findings).check(settlement, previous);
        } catch (NotCheckableException unreadable) {
            waiting.add("the stakes: " + Plain.of(String.valueOf(unreadable.getMessage())));
        }
    }

    /// Skips are looked at for this epoch alone, and are most of a large page.
    private Optional<EpochPage> page(long epoch) {
        return publication.epoch(epoch).map(page -> epoch == window ? page : page.withoutSkips());
    }

    /// What was looked at so far.
    public Checked checked() {
        var notes = new ArrayList<>(notices);
        notes.addAll(stakes.notices());
        notes.addAll(receipts.notices());
        var open = new ArrayList<>(waiting);
        open.addAll(secrets.waiting());
        open.addAll(moments.waiting());
        open.addAll(stakes.waiting());
        open.addAll(earlier.waiting());
        open.addAll(receipts.waiting());
        return new Checked(
                header.publicKey(),
                List.copyOf(rules),
                leaves,
                header.ranges().size(),
                tallied.races(),
                tallied.replays(),
                tallied.withoutSla(),
                tallied.withoutSlaByWord(),
                tallied.withLists(),
                tallied.creditSkips(),
                tallied.verdicts(),
                earlier.count(),
                streams.values().stream()
                        .mapToLong(stream -> stream.open().size())
                        .sum(),
                tallied.subscriptionCharges(),
                tallied.refunds(),
                secrets.sound(),
                snapshots.sound(),
                receipts.proven(),
                Shown.sums(header),
                notes,
                open);
    }

    /// An epoch has the length that the parameters in force say.
    private void epochLength() {
        header.parametersVersions().stream()
                .findFirst()
                .flatMap(version -> parameters.find(version, Where.window(window)))
                .ifPresent(inForce -> findings.same(
                        FindingCode.HEADER_CONTRADICTED,
                        Where.window(window),
                        "an epoch of " + inForce.epoch().toMillis() + " ms",
                        "an epoch of " + (header.endsAt() - header.startsAt()) + " ms"));
    }

    /// @return false when its records are not published
    private boolean readBefore(Settlement previous) {
        if (!read(previous, (leaf, record) -> takeBefore(previous, leaf, record))) {
            waiting.add("the records of window " + previous.epoch() + ": what was open is not known");
            return false;
        }
        ChainCheck.gone(previous.header(), header).forEach(stream -> gone(stream, previous));
        return true;
    }

    private void takeBefore(Settlement previous, PublishedLeaf leaf, PublicRecord record) {
        var stream = stream(leaf.stream(), previous.header());
        stream.take(previous.header(), leaf.position(), record, false);
        switch (record) {
            case PublicRecord.Verified(var verified) -> {
                circuits.verified(leaf.stream(), verified);
                if (stream.open().standsBefore(verified.sequence())) {
                    earlier.before(leaf.stream(), verified);
                }
                stream.open().verified(verified, Where.position(previous.epoch(), leaf.stream(), leaf.position()));
            }
            case PublicRecord.SubscriptionCharged charged -> subscriptions.before(charged);
            case PublicRecord.Answered _,
                    PublicRecord.LeaseClosed _,
                    PublicRecord.EpochEnded _,
                    PublicRecord.StreamEnded _ -> {}
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

    private boolean read(Settlement settled, LeafReader reader) {
        var check = new LeavesCheck(settled.header(), findings);
        var isPublished =
                publication.leaves(settled, leaf -> check.take(leaf).ifPresent(record -> reader.read(leaf, record)));
        if (isPublished) {
            check.finish();
        }
        if (settled.epoch() == window) {
            leaves = check.count();
        }
        return isPublished;
    }

    private void take(PublishedLeaf leaf, PublicRecord record) {
        var stream = stream(leaf.stream(), header);
        stream.take(header, leaf.position(), record, true);
        switch (record) {
            case PublicRecord.Answered answered ->
                answered(new AnsweredLeaf(window, leaf.stream(), leaf.position(), answered));
            case PublicRecord.Verified(var verified) -> verified(leaf, verified, stream);
            case PublicRecord.SubscriptionCharged charged -> {
                tallied.subscribed();
                var where = Where.position(window, leaf.stream(), leaf.position());
                inForce(charged.parametersVersion(), where).ifPresent(inForce -> {
                    subscriptions.charged(charged, inForce, where);
                    if (checksMoments) {
                        prices.check(leaf.stream(), charged, inForce.deadline(), where);
                    }
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
        inForce(leaf.record().race().parametersVersion(), leaf.where())
                .ifPresent(inForce -> sums.answered(leaf.record().outcome().feeNano(), inForce));
        if (races.answered(leaf)) {
            tallied.replayed();
        }
    }

    private void verified(PublishedLeaf leaf, Verified verified, StreamCheck stream) {
        tallied.verified(verified);
        circuits.verified(leaf.stream(), verified);
        var where = Where.race(window, leaf.stream(), leaf.position(), verified.sequence());
        var isOfThisWindow = stream.answeredInThisWindow(verified.sequence());
        corrections.verified(leaf.stream(), verified, isOfThisWindow);
        inForce(verified.parametersVersion(), where)
                .ifPresent(inForce -> sums.verified(verified, inForce, isOfThisWindow));
        if (stream.open().standsBefore(verified.sequence())) {
            earlier.add(leaf.stream(), verified, where);
        } else {
            stream.open().verified(verified, where).ifPresent(race -> races.verified(race, verified, where));
        }
    }

    /// Of versions that the header names, and that the windows beside have had in force.
    private Optional<Parameters> inForce(String version, Where where) {
        if (header.parametersVersions().contains(version)) {
            return parameters.find(version, where);
        }
        findings.add(
                FindingCode.PARAMETERS_NOT_IN_FORCE,
                where,
                "one of the versions " + header.parametersVersions(),
                "version " + version);
        return Optional.empty();
    }

    private void finish() {
        streams.values()
                .forEach(stream -> stream.finish(window, parametersInForce().verdictDeadline()));
        sums.finish(header);
        corrections.finish(header, settlement.corrections());
        skips.finish(window);
        circuits.finish(window);
        pages.finish(window, secrets.page(window));
    }

    private StreamCheck stream(StreamName name, SettlementHeader covering) {
        return streams.computeIfAbsent(name, _ -> {
            var fromTheStart = covering.ranges().stream()
                    .anyMatch(range -> ChainCheck.stream(range).equals(name) && range.from() == 0);
            return new StreamCheck(name, fromTheStart, parametersInForce().deadline(), findings);
        });
    }

    private Parameters parametersInForce() {
        return header.parametersVersions().stream()
                .findFirst()
                .flatMap(version -> parameters.find(version, Where.window(window)))
                .orElseGet(Parameters::defaults);
    }

    /// What is done with each leaf that can be read.
    @FunctionalInterface
    private interface LeafReader {

        void read(PublishedLeaf leaf, PublicRecord record);
    }
}
