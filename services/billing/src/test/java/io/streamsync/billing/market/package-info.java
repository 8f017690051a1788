@NullMarked
package io.streamsync.billing.market;

import org.jspecify.annotations.NullMarked;
