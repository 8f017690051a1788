/// Shows an operator what it earned, which races it won and lost, and its slashes. In: what billing says. Out: pages of
/// the portal.
@NullMarked
package io.streamsync.onboarding.earnings;

import org.jspecify.annotations.NullMarked;
