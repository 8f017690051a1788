/// What operator-onboarding tells: nodes with asks, stake and state.
@NullMarked
package io.streamsync.events.onboarding;

import org.jspecify.annotations.NullMarked;
