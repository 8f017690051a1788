@NullMarked
package io.streamsync.outbound;

import org.jspecify.annotations.NullMarked;
