@NullMarked
package io.streamsync.billing.account;

import org.jspecify.annotations.NullMarked;
