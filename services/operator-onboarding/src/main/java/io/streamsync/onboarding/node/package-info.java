/// Decides what an operator lists: nodes, how they are reached, in which state they are, and what they ask. In: the
/// operator's wishes, the checks' outcomes. Out: [NodeChanged], [AskChanged].
@NullMarked
package io.streamsync.onboarding.node;

import org.jspecify.annotations.NullMarked;
