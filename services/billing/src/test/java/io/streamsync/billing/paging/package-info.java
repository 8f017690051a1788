/// Tests of lists.
@NullMarked
package io.streamsync.billing.paging;

import org.jspecify.annotations.NullMarked;
