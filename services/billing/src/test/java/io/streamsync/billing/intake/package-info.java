@NullMarked
package io.streamsync.billing.intake;

import org.jspecify.annotations.NullMarked;
