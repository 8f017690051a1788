/// What becomes of a transaction beside its race. In: transactions that customers send, and that nodes
/// accepted. Out: the first race where one is sent again; the same transaction to further nodes until it is
/// confirmed or cannot be any more.
@NullMarked
package io.streamsync.router.submission;

import org.jspecify.annotations.NullMarked;
