@NullMarked
package io.streamsync.billing.explanation;

import org.jspecify.annotations.NullMarked;
