@NullMarked
package io.streamsync.billing.earning;

import org.jspecify.annotations.NullMarked;
