/// What operators have earned. In: booked shares. Out: what is held, payable and paid, and earnings out of their hold.
@NullMarked
package io.streamsync.billing.earning;

import org.jspecify.annotations.NullMarked;
