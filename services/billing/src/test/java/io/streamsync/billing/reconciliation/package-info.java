@NullMarked
package io.streamsync.billing.reconciliation;

import org.jspecify.annotations.NullMarked;
