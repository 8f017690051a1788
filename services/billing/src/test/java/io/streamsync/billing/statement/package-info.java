@NullMarked
package io.streamsync.billing.statement;

import org.jspecify.annotations.NullMarked;
