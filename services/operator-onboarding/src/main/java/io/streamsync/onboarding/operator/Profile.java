package io.streamsync.onboarding.operator;

import org.jspecify.annotations.Nullable;

/// What an operator says of itself and may change.
record Profile(
        OperatorName name,
        PayoutAddress payoutAddress,
        @Nullable Website website) {

    @Nullable
    String websiteText() {
        return website == null ? null : website.value();
    }
}
