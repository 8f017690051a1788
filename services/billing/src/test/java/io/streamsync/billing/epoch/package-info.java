@NullMarked
package io.streamsync.billing.epoch;

import org.jspecify.annotations.NullMarked;
