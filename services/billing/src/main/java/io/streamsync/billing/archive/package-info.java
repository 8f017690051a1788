/// Race records as they arrived, snapshots that their draws used, and how to find either again.
@NullMarked
package io.streamsync.billing.archive;

import org.jspecify.annotations.NullMarked;
