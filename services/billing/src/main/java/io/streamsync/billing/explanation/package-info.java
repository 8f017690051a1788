/// Why a race went as it did. In: an id. Out: candidates, places, verdicts, price and split, recomputed from records.
@NullMarked
package io.streamsync.billing.explanation;

import org.jspecify.annotations.NullMarked;
