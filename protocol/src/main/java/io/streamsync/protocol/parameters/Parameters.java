package io.streamsync.protocol.parameters;

import io.streamsync.protocol.canonical.CanonicalJson;
import io.streamsync.protocol.canonical.Sha256;
import io.streamsync.protocol.money.Amount;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// The numbers of the rules with the names under which `GET /v1/network` publishes them.
/// A change is a new version; every race names the version it ran under.
///
/// @param version `1`, or `1+` and 8 hex digits that stand for what differs from it
/// @param epoch length of an epoch of the market and of a settlement's window
/// @param racingPlaces where the customer does not say
/// @param checkingPlaces at most so many
/// @param deadline of a query
/// @param nodeTimeout of one node asked
/// @param verificationWindow how long later answers are evidence
/// @param verdictDeadline a race whose verdict has not come by then counts as unverified
/// @param slotTime how long one slot of the chain takes
/// @param slotLag how many slots an honest node may be behind the second-highest tip
/// @param slotLead how many slots it may be ahead of it
/// @param submitWait how long others may accept a transaction after the first that did, to be drawn for the fee
/// @param minimumStake nano-STRM
/// @param unbonding until unbonded stake can leave
/// @param growthWait how long a node waits for admission in the phase `growth`
/// @param hold until earnings are payable
/// @param operatorShare basis points of the fee; what the three shares leave is the treasury's
/// @param verifiersShare basis points
/// @param stakersShare basis points
/// @param explorationProbability millionths
/// @param accuracyThreshold millionths
/// @param probationAccuracyThreshold millionths
/// @param probationAnswers confirmed answers until probation ends
/// @param defaultCeilingFactor times the median ask
/// @param probeInterval between two liveness probes of a node by one prober
/// @param largeAnswer bytes above which an answer is streamed, has no SLA and is compared in full one time in 16
/// @param largestAnswer bytes above which an answer is broken off
/// @param notificationsPerAsk so many notifications of a subscription cost one ask
public record Parameters(
        String version,
        Duration epoch,
        int racingPlaces,
        int checkingPlaces,
        Duration deadline,
        Duration nodeTimeout,
        Duration verificationWindow,
        Duration verdictDeadline,
        Duration slotTime,
        int slotLag,
        int slotLead,
        Duration submitWait,
        long minimumStake,
        Duration unbonding,
        Duration growthWait,
        Duration hold,
        int operatorShare,
        int verifiersShare,
        int stakersShare,
        int explorationProbability,
        int accuracyThreshold,
        int probationAccuracyThreshold,
        int probationAnswers,
        int defaultCeilingFactor,
        Duration probeInterval,
        int largeAnswer,
        int largestAnswer,
        int notificationsPerAsk) {

    private static final String FIRST_VERSION = "1";
    private static final int BASIS_POINTS = 10_000;
    private static final int MILLION = 1_000_000;
    private static final Duration YEAR = Duration.ofDays(365);

    private static final Parameters DEFAULTS = new Parameters(
            FIRST_VERSION,
            Duration.ofMinutes(5),
            3,
            2,
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofMinutes(5),
            Duration.ofMillis(400),
            8,
            2,
            Duration.ofMillis(100),
            10_000 * Amount.NANO,
            Duration.ofDays(7),
            Duration.ofDays(1),
            Duration.ofHours(24),
            5000,
            2000,
            1000,
            100_000,
            900_000,
            600_000,
            200,
            5,
            Duration.ofSeconds(10),
            256 * 1024,
            128 * 1024 * 1024,
            100);

    public Parameters {
        if (operatorShare + verifiersShare + stakersShare > BASIS_POINTS) {
            throw new IllegalArgumentException("operatorShare, verifiersShare and stakersShare are together at most "
                    + BASIS_POINTS + " basis points: the rest is the treasury's");
        }
    }

    public static Parameters defaults() {
        return DEFAULTS;
    }

    /// These parameters with some replaced. The version is a function of all values, so that the same parameters have
    /// the same version however they came about; values equal to the defaults change nothing.
    ///
    /// @param overrides by published name: durations as `5m`, `2s`, `200ms` or a number of ms; amounts as
    ///     decimal strings
    /// @throws IllegalArgumentException naming the parameter that is unknown or out of range
    public Parameters with(Map<String, ?> overrides) {
        var given = new Overrides(overrides, published().keySet());
        var changed = new Parameters(
                version,
                given.duration("epoch", epoch, Duration.ofSeconds(1), Duration.ofDays(1)),
                given.count("racingPlaces", racingPlaces, 1, 5),
                given.count("checkingPlaces", checkingPlaces, 0, 5),
                given.duration("deadline", deadline, Duration.ofMillis(100), Duration.ofMinutes(1)),
                given.duration("nodeTimeout", nodeTimeout, Duration.ofMillis(50), Duration.ofMinutes(1)),
                given.duration("verificationWindow", verificationWindow, Duration.ZERO, Duration.ofMinutes(1)),
                given.duration("verdictDeadline", verdictDeadline, Duration.ofSeconds(1), Duration.ofDays(1)),
                given.duration("slotTime", slotTime, Duration.ofMillis(1), Duration.ofSeconds(1)),
                given.count("slotLag", slotLag, 0, MILLION),
                given.count("slotLead", slotLead, 0, MILLION),
                given.duration("submitWait", submitWait, Duration.ZERO, Duration.ofSeconds(1)),
                given.amount("minimumStake", minimumStake, 1),
                given.duration("unbonding", unbonding, Duration.ZERO, YEAR),
                given.duration("growthWait", growthWait, Duration.ZERO, YEAR),
                given.duration("hold", hold, Duration.ZERO, YEAR),
                given.count("operatorShare", operatorShare, 0, BASIS_POINTS),
                given.count("verifiersShare", verifiersShare, 0, BASIS_POINTS),
                given.count("stakersShare", stakersShare, 0, BASIS_POINTS),
                given.count("explorationProbability", explorationProbability, 0, MILLION),
                given.count("accuracyThreshold", accuracyThreshold, 0, MILLION),
                given.count("probationAccuracyThreshold", probationAccuracyThreshold, 0, MILLION),
                given.count("probationAnswers", probationAnswers, 0, MILLION),
                given.count("defaultCeilingFactor", defaultCeilingFactor, 1, 1000),
                given.duration("probeInterval", probeInterval, Duration.ofMillis(100), Duration.ofHours(1)),
                given.count("largeAnswer", largeAnswer, 1024, 1 << 30),
                given.count("largestAnswer", largestAnswer, 1024, 1 << 30),
                given.count("notificationsPerAsk", notificationsPerAsk, 1, MILLION));
        return changed.withVersionOfItsValues();
    }

    /// Name to value as published, in a fixed order: durations and amounts as strings that [#with] reads back.
    public Map<String, Object> published() {
        var values = new LinkedHashMap<String, Object>();
        values.put("epoch", Durations.text(epoch));
        values.put("racingPlaces", racingPlaces);
        values.put("checkingPlaces", checkingPlaces);
        values.put("deadline", Durations.text(deadline));
        values.put("nodeTimeout", Durations.text(nodeTimeout));
        values.put("verificationWindow", Durations.text(verificationWindow));
        values.put("verdictDeadline", Durations.text(verdictDeadline));
        values.put("slotTime", Durations.text(slotTime));
        values.put("slotLag", slotLag);
        values.put("slotLead", slotLead);
        values.put("submitWait", Durations.text(submitWait));
        values.put("minimumStake", Amount.decimal(minimumStake));
        values.put("unbonding", Durations.text(unbonding));
        values.put("growthWait", Durations.text(growthWait));
        values.put("hold", Durations.text(hold));
        values.put("operatorShare", operatorShare);
        values.put("verifiersShare", verifiersShare);
        values.put("stakersShare", stakersShare);
        values.put("explorationProbability", explorationProbability);
        values.put("accuracyThreshold", accuracyThreshold);
        values.put("probationAccuracyThreshold", probationAccuracyThreshold);
        values.put("probationAnswers", probationAnswers);
        values.put("defaultCeilingFactor", defaultCeilingFactor);
        values.put("probeInterval", Durations.text(probeInterval));
        values.put("largeAnswer", largeAnswer);
        values.put("largestAnswer", largestAnswer);
        values.put("notificationsPerAsk", notificationsPerAsk);
        return Collections.unmodifiableMap(values);
    }

    private Parameters withVersionOfItsValues() {
        var different = new LinkedHashMap<>(published());
        DEFAULTS.published().forEach((name, value) -> {
            if (Objects.equals(different.get(name), value)) {
                different.remove(name);
            }
        });
        return different.isEmpty()
                ? DEFAULTS
                : withVersion(FIRST_VERSION + "+"
                        + Sha256.hex(CanonicalJson.of(different)).substring(0, 8));
    }

    private Parameters withVersion(String other) {
        return new Parameters(
                other,
                epoch,
                racingPlaces,
                checkingPlaces,
                deadline,
                nodeTimeout,
                verificationWindow,
                verdictDeadline,
                slotTime,
                slotLag,
                slotLead,
                submitWait,
                minimumStake,
                unbonding,
                growthWait,
                hold,
                operatorShare,
                verifiersShare,
                stakersShare,
                explorationProbability,
                accuracyThreshold,
                probationAccuracyThreshold,
                probationAnswers,
                defaultCeilingFactor,
                probeInterval,
                largeAnswer,
                largestAnswer,
                notificationsPerAsk);
    }
}
