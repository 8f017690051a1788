@NullMarked
package io.streamsync.billing.ledger;

import org.jspecify.annotations.NullMarked;
