package io.streamsync.verifier.check;

import io.streamsync.protocol.market.SolanaMethods;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.StreamRecord.Race;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// All that can be said of one race: its draw, who won, what it cost, its SLA, its verdict.
final class RaceCheck {

    private final ParametersBook parameters;
    private final SnapshotBook snapshots;
    private final SecretBook secrets;
    private final EpochTimes times;
    private final Findings findings;
    private final DrawCheck draws;
    private final SkipCheck skips;
    private final FeeCheck fees;
    private final SlaCheck slas;
    private final VerdictCheck verdicts;
    private final SnapshotMoments moments;
    private final Set<String> named = new HashSet<>();
    private boolean checksMoments = true;

    RaceCheck(
            ParametersBook parameters,
            SnapshotBook snapshots,
            SecretBook secrets,
            SnapshotMoments moments,
            EpochTimes times,
            Findings findings) {
        this.parameters = parameters;
        this.snapshots = snapshots;
        this.secrets = secrets;
        this.times = times;
        this.findings = findings;
        this.draws = new DrawCheck(findings);
        this.skips = new SkipCheck(findings);
        this.fees = new FeeCheck(findings);
        this.slas = new SlaCheck(findings);
        this.verdicts = new VerdictCheck(findings);
        this.moments = moments;
    }

    /// Where pages do not say when each snapshot was taken.
    void leaveMoments() {
        checksMoments = false;
    }

    /// @return whether the draw was replayed
    boolean answered(AnsweredLeaf leaf) {
        var race = leaf.record().race();
        var secret = secrets.secret(race.epoch(), leaf.stream(), leaf.where());
        var rules = rules(leaf, race);
        if (rules.isEmpty()) {
            return false;
        }
        epoch(leaf, race, rules.get().parameters());
        named(leaf, race);
        if (checksMoments) {
            moments.check(leaf, rules.get().parameters().deadline());
        }
        var replay = secret.map(bytes -> draws.check(leaf, rules.get(), bytes));
        replay.ifPresent(drawn -> skips.check(leaf, drawn));
        fees.check(leaf, rules.get(), draws.field(race, rules.get()).medianAsk(), replay.orElse(null));
        slas.check(leaf, rules.get());
        return replay.isPresent();
    }

    void verified(AnsweredLeaf leaf, Verified verified, Where where) {
        var race = leaf.record().race();
        SolanaMethods.find(race.method())
                .ifPresent(method -> verdicts.check(
                        leaf, verified, where, method, secrets.secret(race.epoch(), leaf.stream(), leaf.where())));
    }

    /// The epoch of the moment at which it was drawn: that of its request, or the next where it waited for
    /// credit, which it does no longer than any query lasts.
    private void epoch(AnsweredLeaf leaf, Race race, Parameters inForce) {
        var due = times.epochAt(race.occurredAt());
        var drawnBy = times.epochAt(race.occurredAt() + inForce.deadline().toMillis());
        if (race.epoch() < due || race.epoch() > drawnBy) {
            findings.add(FindingCode.EPOCH_OF_RACE, leaf.where(), "epoch " + due, "epoch " + race.epoch());
        }
    }

    private Optional<RaceRules> rules(AnsweredLeaf leaf, Race race) {
        var method = SolanaMethods.find(race.method());
        if (method.isEmpty() || method.get().queryClass() != race.queryClass()) {
            findings.add(
                    FindingCode.DRAW,
                    leaf.where(),
                    "a method of a class",
                    race.method() + " in class " + race.queryClass().wireName());
            return Optional.empty();
        }
        var inForce = parameters.find(race.parametersVersion(), leaf.where());
        var snapshot = snapshots.find(race.snapshot(), leaf.where());
        if (inForce.isEmpty() || snapshot.isEmpty()) {
            return Optional.empty();
        }
        findings.same(
                FindingCode.PARAMETERS_CHANGED,
                leaf.where(),
                "a snapshot of version " + race.parametersVersion(),
                "a snapshot of version " + snapshot.get().parametersVersion());
        return Optional.of(new RaceRules(snapshot.get(), inForce.get(), method.get()));
    }

    /// Once for each snapshot of a stream, however many races name it.
    private void named(AnsweredLeaf leaf, Race race) {
        if (named.add(leaf.stream() + " " + race.epoch() + " " + race.snapshot())
                && !secrets.names(race.epoch(), leaf.stream(), race.snapshot())) {
            findings.add(
                    FindingCode.SNAPSHOT_NOT_NAMED,
                    leaf.where(),
                    "one that router " + leaf.stream() + " published",
                    "snapshot " + race.snapshot());
        }
    }
}
