/// Decides what an operator has at stake. In: deposits over a rail. Out: the bonded stake, [StakeMoved], and the facts
/// that
/// billing's ledger books.
@NullMarked
package io.streamsync.onboarding.stake;

import org.jspecify.annotations.NullMarked;
