package io.streamsync.billing.parameters;

import io.streamsync.protocol.parameters.Parameters;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Every version of the parameters that this installation has run under: a race is charged by the version that it
/// names, whatever is in force when it is posted.
@Component
public class ParameterVersions {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Map<String, Parameters> known = new ConcurrentHashMap<>();

    ParameterVersions(JdbcClient jdbc, JsonMapper json, Parameters inForce) {
        this.jdbc = jdbc;
        this.json = json;
        register(Parameters.defaults());
        register(inForce);
    }

    public Optional<Parameters> find(String version) {
        var parameters = known.get(version);
        return parameters != null ? Optional.of(parameters) : read(version);
    }

    private void register(Parameters parameters) {
        jdbc.sql("insert into parameters_version (version, published) values (?, ?) on conflict do nothing")
                .params(parameters.version(), json.writeValueAsString(parameters.published()))
                .update();
        known.put(parameters.version(), parameters);
    }

    private Optional<Parameters> read(String version) {
        var found = jdbc.sql("select published from parameters_version where version = ?")
                .param(version)
                .query(String.class)
                .optional()
                .map(published -> Parameters.defaults()
                        .with(json.readValue(published, new TypeReference<Map<String, Object>>() {})));
        found.ifPresent(parameters -> known.put(version, parameters));
        return found;
    }
}
