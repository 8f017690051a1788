package io.streamsync.billing.parameters;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// @param parameters path of a JSON file that replaces protocol parameters by their published names
@ConfigurationProperties("streamsync")
record ParametersProperties(@Nullable String parameters) {}
