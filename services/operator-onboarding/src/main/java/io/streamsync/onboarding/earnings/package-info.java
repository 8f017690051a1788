/// Shows an operator what it earned, which races it won and lost, and its slashes, and has it paid out to its payout
/// address. In: what billing says. Out: pages of the portal, payouts that billing makes.
@NullMarked
package io.streamsync.onboarding.earnings;

import org.jspecify.annotations.NullMarked;
