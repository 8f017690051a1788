package io.streamsync.onboarding.admission;

import io.streamsync.onboarding.operator.AdmissionPhase;
import io.streamsync.protocol.parameters.Parameters;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/// The numbers that admission goes by, of protocol and installation.
@Component
class AdmissionRules {

    private final AdmissionPhase phase;
    private final Parameters parameters;
    private final AdmissionProperties properties;

    AdmissionRules(AdmissionPhase phase, Parameters parameters, AdmissionProperties properties) {
        this.phase = phase;
        this.parameters = parameters;
        this.properties = properties;
    }

    AdmissionVerdict verdict(AdmissionRound.Report report, Instant now) {
        var since = report.seen().since();
        return AdmissionVerdict.of(report.missing(), since.plus(phase.wait(parameters)), now);
    }

    boolean isTooLong(Instant failingSince, Instant now) {
        return !now.isBefore(failingSince.plus(properties.patience()));
    }

    /// Whether so many confirmed answers end probation (protocol, Reputation). Probes count among them but say
    /// nothing of accuracy: an active node below the threshold would be asked by nobody and could never rise
    /// above it.
    ///
    /// @param accuracy of the operator, millionths
    boolean prove(long verifiedRaces, int accuracy) {
        return verifiedRaces >= parameters.probationAnswers() && accuracy >= parameters.accuracyThreshold();
    }

    Duration repeat() {
        return properties.repeat();
    }

    Duration recheck() {
        return properties.recheck();
    }
}
