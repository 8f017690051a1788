@NullMarked
package io.streamsync.billing.stakes;

import org.jspecify.annotations.NullMarked;
