package io.streamsync.billing.parameters;

import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// The parameters behind a version, which records and settlements name.
@RestController
class ParametersController {

    private final ParameterVersions versions;

    ParametersController(ParameterVersions versions) {
        this.versions = versions;
    }

    @GetMapping("/v1/parameters/{version}")
    ParametersView parameters(@PathVariable String version) {
        return versions.find(version)
                .map(parameters -> new ParametersView(parameters.version(), parameters.published()))
                .orElseThrow(() -> new Refusal(ProblemCode.NOT_FOUND, "This market never ran under such a version."));
    }

    /// @param parameters as published: `GET /v1/network` has those in force
    record ParametersView(String version, Map<String, Object> parameters) {}
}
