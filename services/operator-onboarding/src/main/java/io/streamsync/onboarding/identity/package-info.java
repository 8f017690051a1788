/// Decides whose wallet a caller holds. In: signed challenges. Out: the [Caller] of every request that needs a session.
@NullMarked
package io.streamsync.onboarding.identity;

import org.jspecify.annotations.NullMarked;
