/// Decides when an operator has left. In: operators on their way out, what they have at stake, their nodes. Out:
/// operators that are `EXITED`.
@NullMarked
package io.streamsync.onboarding.exit;

import org.jspecify.annotations.NullMarked;
