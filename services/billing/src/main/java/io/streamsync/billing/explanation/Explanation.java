package io.streamsync.billing.explanation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// Why a race went as it did: what was recorded, and who could have raced.
record Explanation(
        @JsonUnwrapped RaceView race, @JsonUnwrapped FieldView field) {}
