@NullMarked
package io.streamsync.billing.subscription;

import org.jspecify.annotations.NullMarked;
