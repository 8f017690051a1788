@NullMarked
package io.streamsync.billing.charging;

import org.jspecify.annotations.NullMarked;
