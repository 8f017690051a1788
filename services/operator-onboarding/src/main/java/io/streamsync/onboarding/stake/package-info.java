/// Decides what an operator has at stake. In: deposits and withdrawals over rails, unbondings, exits. Out: the bonded
/// stake, [StakeMoved], the operator's standing, and the facts that billing's ledger books.
@NullMarked
package io.streamsync.onboarding.stake;

import org.jspecify.annotations.NullMarked;
