@NullMarked
package io.streamsync.billing.stream;

import org.jspecify.annotations.NullMarked;
