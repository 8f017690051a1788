/// What subscriptions cost their customers. In: charges, as they are posted. Out: a customer's list.
@NullMarked
package io.streamsync.billing.subscription;

import org.jspecify.annotations.NullMarked;
