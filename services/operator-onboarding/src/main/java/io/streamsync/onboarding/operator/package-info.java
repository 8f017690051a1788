/// Decides who is an operator and in which state. In: registrations of signed-in wallets. Out: [OperatorChanged].
@NullMarked
package io.streamsync.onboarding.operator;

import org.jspecify.annotations.NullMarked;
