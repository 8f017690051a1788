/// Compacted topics in memory. In: the name of a topic. Out: every key's latest value, from the beginning and for ever.
@NullMarked
package io.streamsync.router.feed;

import org.jspecify.annotations.NullMarked;
