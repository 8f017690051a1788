package io.streamsync.verifier.check;

import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import io.streamsync.verifier.publication.Publication;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The published parameters by version. A version is the hash of its values, so whoever changes one changes it.
final class ParametersBook {

    private final Publication publication;
    private final Findings findings;
    private final Map<String, Optional<Parameters>> known = new HashMap<>();

    ParametersBook(Publication publication, Findings findings) {
        this.publication = publication;
        this.findings = findings;
    }

    /// @param where the version is named first
    Optional<Parameters> find(String version, Where where) {
        return known.computeIfAbsent(version, _ -> read(version, where));
    }

    /// Whoever reads that everything fits should see by which rules.
    static String differences(Parameters parameters) {
        var usual = Parameters.defaults().published();
        var differing = parameters.published().entrySet().stream()
                .filter(value -> !value.getValue().equals(usual.get(value.getKey())))
                .map(value -> value.getKey() + " " + value.getValue())
                .collect(Collectors.joining(", "));
        return differing.isEmpty() ? "as the protocol has them" : differing;
    }

    private Optional<Parameters> read(String version, Where where) {
        var published = publication.parameters(version);
        if (published.isEmpty()) {
            findings.add(FindingCode.PARAMETERS_MISSING, where, "version " + version, "none");
            return Optional.empty();
        }
        try {
            var parameters = Parameters.defaults().with(published.get());
            return findings.same(
                            FindingCode.PARAMETERS_CHANGED,
                            where,
                            "those of version " + version,
                            "those of version " + parameters.version())
                    ? Optional.of(parameters)
                    : Optional.empty();
        } catch (IllegalArgumentException notParameters) {
            findings.add(
                    FindingCode.PARAMETERS_CHANGED, where, "those of version " + version, notParameters.getMessage());
            return Optional.empty();
        }
    }
}
