/// Decides whether nodes are there. In: listings, probes of all probers. Out: probes of its own, and what whole
/// rounds of probes show of each node.
@NullMarked
package io.streamsync.reputation.probing;

import org.jspecify.annotations.NullMarked;
