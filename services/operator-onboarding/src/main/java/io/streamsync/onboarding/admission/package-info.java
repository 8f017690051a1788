/// Decides which nodes enter the market. In: [NodeChanged][io.streamsync.onboarding.node.NodeChanged], what
/// nodes answer to the checks, scores. Out: nodes admitted, proven or failed.
@NullMarked
package io.streamsync.onboarding.admission;

import org.jspecify.annotations.NullMarked;
