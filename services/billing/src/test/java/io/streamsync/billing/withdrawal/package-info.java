@NullMarked
package io.streamsync.billing.withdrawal;

import org.jspecify.annotations.NullMarked;
