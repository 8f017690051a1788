@NullMarked
package io.streamsync.billing.deposit;

import org.jspecify.annotations.NullMarked;
