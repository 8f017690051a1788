package io.streamsync.onboarding.admission;

import io.streamsync.onboarding.node.Node;
import io.streamsync.outbound.EndpointGuard;
import io.streamsync.outbound.EndpointVerdict;
import java.net.InetAddress;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;

/// Puts the checks to one node once. Control of the endpoint comes first: nobody's machine is asked anything
/// else at the word of somebody who does not run it.
@Component
class AdmissionRound {

    private final EndpointGuard guard;
    private final EndpointControl control;
    private final List<NodeCheck> checks;
    private final NodeClient client;
    private final AtOnce atOnce;
    private final InstantSource clock;

    AdmissionRound(
            EndpointGuard guard,
            EndpointControl control,
            List<NodeCheck> checks,
            NodeClient client,
            AtOnce atOnce,
            InstantSource clock) {
        this.guard = guard;
        this.control = control;
        this.checks =
                checks.stream().sorted(Comparator.comparing(NodeCheck::check)).toList();
        this.client = client;
        this.atOnce = atOnce;
        this.clock = clock;
    }

    /// All checks.
    Report whole(Node node) {
        var report = controlOnly(node);
        return report.passed() ? rest(report) : waiting(report);
    }

    /// Control of the endpoint, with the addresses that its host has now.
    Report controlOnly(Node node) {
        return switch (guard.check(node.reach().endpoint().toString(), false)) {
            case EndpointVerdict.Refused(var reason) ->
                report(node, new Finding.Failed(reason, "Change the endpoint, or what its host resolves to."));
            case EndpointVerdict.Allowed allowed -> {
                var texts = allowed.addresses().stream()
                        .map(InetAddress::getHostAddress)
                        .toList();
                yield report(node.seen(node.reach().at(texts), node.identity()), control.of(node));
            }
        };
    }

    private Report report(Node seen, Finding ofControl) {
        return new Report(seen, List.of(dated(AdmissionCheck.ENDPOINT_CONTROL, ofControl)), "");
    }

    private Report rest(Report report) {
        var portrait = Portrait.of(report.seen(), client);
        var outcomes = new ArrayList<>(report.outcomes());
        outcomes.addAll(atOnce.all(checks, check -> dated(check.check(), check.of(portrait))));
        return new Report(portrait.node(), outcomes, portrait.genesisHashText());
    }

    private Report waiting(Report report) {
        var outcomes = new ArrayList<>(report.outcomes());
        for (var check : checks) {
            outcomes.add(CheckOutcome.pending(check.check(), "Waits until control of the endpoint is shown."));
        }
        return new Report(report.seen(), outcomes, "");
    }

    private CheckOutcome dated(AdmissionCheck check, Finding finding) {
        return finding.of(check, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    /// @param seen the node with what it said of itself
    /// @param genesisHash empty when the node was not asked, or named none
    record Report(Node seen, List<CheckOutcome> outcomes, String genesisHash) {

        Report {
            outcomes = List.copyOf(outcomes);
        }

        boolean passed() {
            return missing().isEmpty();
        }

        List<AdmissionCheck> missing() {
            return outcomes.stream()
                    .filter(outcome -> !outcome.passed())
                    .map(CheckOutcome::check)
                    .toList();
        }

        /// The same with another outcome of one check.
        Report but(CheckOutcome other) {
            return new Report(
                    seen,
                    outcomes.stream()
                            .map(outcome -> outcome.check() == other.check() ? other : outcome)
                            .toList(),
                    genesisHash);
        }
    }
}
