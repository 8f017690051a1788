/// The race. In: a customer's query. Out: the first sound answer of the nodes that were drawn, its record in the
/// journal before it leaves, and what the later answers prove.
@NullMarked
package io.streamsync.router.race;

import org.jspecify.annotations.NullMarked;
