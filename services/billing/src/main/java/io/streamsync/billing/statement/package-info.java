/// What customers see of their money: the balance, and every booked change of it.
@NullMarked
package io.streamsync.billing.statement;

import org.jspecify.annotations.NullMarked;
