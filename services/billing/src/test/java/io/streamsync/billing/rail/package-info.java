@NullMarked
package io.streamsync.billing.rail;

import org.jspecify.annotations.NullMarked;
