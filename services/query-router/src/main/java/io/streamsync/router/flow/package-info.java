/// Long answers on their way. In: a node's bytes as they come. Out: the result's bytes for the customer, packed if
/// wished, their hash, and how it ended; a bounded part of each is held.
@NullMarked
package io.streamsync.router.flow;

import org.jspecify.annotations.NullMarked;
