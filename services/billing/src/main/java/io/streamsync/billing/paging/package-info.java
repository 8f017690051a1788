/// Lists in pages: `limit`, `cursor`, and where to go on.
@NullMarked
package io.streamsync.billing.paging;

import org.jspecify.annotations.NullMarked;
