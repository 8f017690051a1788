@NullMarked
package io.streamsync.billing.alert;

import org.jspecify.annotations.NullMarked;
