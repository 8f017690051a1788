@NullMarked
package io.streamsync.billing.credit;

import org.jspecify.annotations.NullMarked;
