/// Tells the market what is listed. In: changes of nodes, asks, stakes and operators. Out: `NodeListed`, in the
/// transaction of the change.
@NullMarked
package io.streamsync.onboarding.publication;

import org.jspecify.annotations.NullMarked;
