package io.streamsync.billing.explanation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/// Why a race went as it did: what was recorded, and who could have raced.
///
/// @param payload for the customer who asked, while the router keeps it
record Explanation(
        @JsonUnwrapped RaceView race,
        @JsonUnwrapped FieldView field,
        @JsonUnwrapped @Nullable Payload payload) {}
