/// Keeps the decayed scores of nodes and operators. In: observations. Out: scores in millionths at any time.
@NullMarked
package io.streamsync.reputation.score;

import org.jspecify.annotations.NullMarked;
