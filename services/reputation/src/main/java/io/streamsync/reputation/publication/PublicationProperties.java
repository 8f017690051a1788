package io.streamsync.reputation.publication;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// The installation's protocol parameters.
///
/// @param parameters a JSON file that overrides some by their published names (`STREAMSYNC_PARAMETERS`)
@ConfigurationProperties("streamsync")
record PublicationProperties(@Nullable String parameters) {

    /// Empty when the variable is missing or empty.
    Optional<Path> overrides() {
        return Optional.ofNullable(parameters).filter(file -> !file.isBlank()).map(Path::of);
    }
}
