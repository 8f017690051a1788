/// How far the chain is. In: slots that nodes told in answers and in this router's own probes. Out: which slots are
/// plausible now, and the slot from which on a key's reads go.
@NullMarked
package io.streamsync.router.tip;

import org.jspecify.annotations.NullMarked;
