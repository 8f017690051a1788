/// The client of the nodes. In: a request's bytes for one node. Out: the answer's bytes with the time of the first one,
/// or why there is none. Opens WebSockets to them too. Also knows what only this router knows of a node: its circuit
/// and what is in flight.
@NullMarked
package io.streamsync.router.node;

import org.jspecify.annotations.NullMarked;
